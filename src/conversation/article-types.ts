// What the knowledge base hands to staff and takes from them: plain JSON for the console's API.
import type { Language, Text } from '../engine/types.js';
import type { Staff } from './desk-types.js';

/** An article as staff fill it in, in every language of the pack. */
export interface ArticleDraft {
  title: Text;
  questions: Readonly<Record<Language, readonly string[]>>;
  /** Markdown. */
  body: Text;
  /** Empty: everybody. */
  audience: readonly string[];
  /** `YYYY-MM-DD` */
  validUntil: string | null;
  owner: string | null;
  /** It holds a fact that the charity has not given yet. */
  placeholder: boolean;
}

export interface ArticleLine {
  id: string;
  draft: ArticleDraft;
  /** `pack`: as it came. `changed`: staff wrote another in its place. `own`: staff wrote it. `gone`: and took it back. */
  origin: 'pack' | 'changed' | 'own' | 'gone';
  /** Its last day has passed: nobody is given it. */
  over: boolean;
  /** Of what staff wrote, the newest; 0: nothing. */
  version: number;
  by: string | null;
  at: number | null;
}

/** One version, as it stood. `draft` is null where it was taken back. */
export interface ArticleVersionLine {
  version: number;
  by: string;
  at: number;
  draft: ArticleDraft | null;
}

/**
 * Why an article cannot be used. `…_missing`: in a language. `heading`: a line of the text reads as the begin of another language's.
 * `unknown_name`: `{about}` is no fact of the charity. `template`: a brace is not closed, or the like. `hidden`: letters that nobody sees
 * turn the direction. `account`: an account number is written out. `contradicts`: a question (`about`) stands elsewhere (`other`) with
 * another meaning. `broken`: it cannot be read back as it was written.
 */
export interface ArticleFault {
  code:
    | 'title_missing'
    | 'questions_missing'
    | 'body_missing'
    | 'heading'
    | 'unknown_name'
    | 'template'
    | 'hidden'
    | 'account'
    | 'contradicts'
    | 'broken';
  language: Language | null;
  about: string;
  other: string;
}

/** Said, but no reason to refuse. `near`: a question says nearly the same as one that means something else. `few`: so many questions. */
export interface ArticleDoubt {
  code: 'near' | 'few';
  about: string;
  other: string;
}

export interface CheckedArticle {
  faults: ArticleFault[];
  doubts: ArticleDoubt[];
  /** What a person is told, by language; without those that are empty or cannot be read yet. */
  preview: Text;
}

export interface ArticlesContract {
  /** Those that stand, of the pack in its order and then of staff; then those that staff took back. */
  list(staff: Staff): Promise<ArticleLine[]>;
  versions(article: string, staff: Staff): Promise<ArticleVersionLine[]>;
  check(article: string | null, draft: ArticleDraft): CheckedArticle;
  /**
   * Writes a version, which answers at once. `article`: null for a new one. `expected`: the version that was seen. `invalid` where the
   * check finds a fault, `conflict` where somebody wrote meanwhile. Gives its id.
   */
  write(article: string | null, expected: number, draft: ArticleDraft, staff: Staff): Promise<string>;
  /** What stood before `version`, which must be the newest, stands again: before the first that is the pack's own, or nothing. */
  goBack(article: string, version: number, staff: Staff): Promise<void>;
}
