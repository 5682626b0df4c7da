// Failures on command: what a fake provider does to the next requests.

/** The failure of this request, taken out; none while the first of them still lets requests pass (`skip`). */
export function nextFailure<F extends { skip?: number }>(failures: F[]): F | undefined {
  const [next] = failures;
  if (!next) return undefined;
  next.skip = (next.skip ?? 0) - 1;
  return next.skip >= 0 ? undefined : failures.shift();
}
