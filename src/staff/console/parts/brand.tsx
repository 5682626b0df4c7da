// The mark of Sila.
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden>
      <rect width="64" height="64" rx="16" fill="var(--mantine-color-sila-8)" />
      <path
        d="M16 24a8 8 0 0 1 8-8h16a8 8 0 0 1 8 8v8a8 8 0 0 1-8 8h-9l-9 8v-8a6 6 0 0 1-6-6z"
        fill="none"
        stroke="#fff"
        strokeWidth="4"
        strokeLinejoin="round"
      />
      <circle cx="26" cy="28" r="2.6" fill="#fff" />
      <circle cx="38" cy="28" r="2.6" fill="#fff" />
    </svg>
  );
}
