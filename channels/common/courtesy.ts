// What is done for a person's comfort only: nothing waits for it, and what is too much is left out.

/** At most so many under way at once; `failed` hears of what did not work. */
export function atMost<T>(most: number, work: (of: T) => Promise<boolean>, failed: () => void): (of: T) => void {
  let underWay = 0;
  return (of) => {
    if (underWay >= most) return;
    underWay += 1;
    void work(of)
      .catch(() => false)
      .then((done) => {
        underWay -= 1;
        if (!done) failed();
      });
  };
}
