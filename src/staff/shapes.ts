// Shapes that several endpoints share.
import { z } from 'zod';
import { MOST_WORDS } from '../conversation/desk-types.js';
import { PASSWORD_LENGTH } from './passwords.js';

/** An id of ours: UUID. */
export const id = z.uuid();

/** Words of staff: well-formed, without control characters other than line breaks and tabs. */
export const words = z.string().max(MOST_WORDS).transform(clean).pipe(z.string().min(1));

/** Made by the console for every write that must happen once. */
export const clientId = z.string().regex(/^[\w-]{16,64}$/);

/** A number in a query is a string of digits; no other form of one is meant. */
export const whole = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .pipe(z.number().int());
export const limit = whole.pipe(z.number().min(1).max(200)).default(50);
/** Of ours, as in `ar`. */
export const language = z.string().regex(/^[a-z]{2}$/);
export const before = whole.pipe(z.number().positive()).optional();

/** What an entry of the audit is about: an id, a case number, a word of ours. Whatever stands there stays for years. */
export const subject = z.string().regex(/^[\w.:-]{1,100}$/);

/** The name of an approved template. */
export const templateId = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/);

/** As typed; the desk reads any digits and hyphens. */
export const caseNumber = z.string().min(1).max(40);

/** Logins are compared in lower case. */
export const login = z
  .string()
  .max(64)
  .transform((text) => text.trim().normalize('NFKC').toLowerCase())
  .pipe(z.string().regex(/^[\p{L}\p{N}._@-]{3,64}$/u));

export const newPassword = z.string().min(PASSWORD_LENGTH.least).max(PASSWORD_LENGTH.most);

/** A name on a screen: one line, no direction marks that could disguise it. */
export const name = z
  .string()
  .max(100)
  .transform((text) =>
    clean(text)
      .replace(/[\u202A-\u202E\u2066-\u2069\r\n\t]/g, ' ')
      .trim(),
  )
  .pipe(z.string().min(2).max(64));

/** One line, of at most so many letters; it may be empty. */
export const line = (most: number) =>
  z
    .string()
    .max(most * 2)
    .transform((text) =>
      clean(text)
        .replace(/[\u202A-\u202E\u2066-\u2069\r\n\t]+/g, ' ')
        .trim(),
    )
    .pipe(z.string().max(most));

function clean(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}
