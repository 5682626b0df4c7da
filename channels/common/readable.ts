// Reads what a provider sent without ever throwing at its shape.

/** Zod compares the `length` of whatever has one, also of what is no text: an object in its place throws a TypeError. That is as unreadable as the rest. */
export function readable<T>(read: () => T, unreadable: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError) return unreadable;
    throw error;
  }
}
