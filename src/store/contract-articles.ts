/** Articles that staff wrote, each version for good. What they say is told to everybody who asks: nothing of it is sealed. */

export interface ArticleVersion {
  /** The article's id: one of the pack, whose place it takes, or one of its own. */
  article: string;
  /** From 1, without gaps. */
  version: number;
  /** The whole article as Markdown with front matter. Null: taken back, the pack's own article stands again, or none. */
  body: string | null;
  /** Staff id. */
  by: string;
  at: number;
}

export interface Articles {
  /** Adds the version after the newest one; false when the newest is another than `version - 1` (0: there is none). */
  write(version: ArticleVersion): Promise<boolean>;
  /** The newest version of every article, by its id. */
  newest(): Promise<ArticleVersion[]>;
  /** All versions of one, newest first. */
  versions(article: string, limit: number): Promise<ArticleVersion[]>;
}
