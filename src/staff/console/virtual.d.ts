// What the build makes of flows/ for the console.
declare module 'virtual:words' {
  export const texts: Readonly<Record<'ar' | 'en', Readonly<Record<string, string>>>>;
  /** Titles of flows by their id. */
  export const titles: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
