/** Words that stand around a name, and words that belong to the part after them. */
import { plain } from '../text/normalise.js';

/** What people write before their name. Removed from the front, again and again, longest first. */
export const BEFORE: readonly (readonly string[])[] = [
  ...['السلام عليكم ورحمة الله وبركاته', 'السلام عليكم ورحمة الله', 'السلام عليكم', 'مرحبا', 'أهلا', 'هلا', 'هلا والله', 'صباح الخير', 'مساء الخير'],
  ...['اسمي الكامل هو', 'اسمي الكامل', 'اسمي هو', 'اسمي', 'أنا اسمي', 'أنا', 'الاسم الكامل', 'الاسم', 'الاسم هو', 'اسم المستفيد', 'اسم المستفيدة', 'اسم المريض'],
  ...['اسم المريضة', 'اسمه', 'اسمها', 'معك', 'معاك', 'معكم', 'معاكم', 'أخوك', 'أختك', 'أخوكم', 'أختكم'],
  ...['hello', 'hi', 'good morning', 'good evening', 'my name is', 'my full name is', 'my name', 'the name is', 'full name', 'name is', 'name', 'i am', 'i m', 'im', 'this is', 'it is', 'it s'],
]
  .map((phrase) => plain(phrase).split(' '))
  .sort((a, b) => b.length - a.length); // prettier-ignore

/** What people write after it. */
export const AFTER: ReadonlySet<string> = new Set(['شكرا', 'وشكرا', 'thanks'].map(plain));

/** Particles that make one part with the word after them: عبد الله, بن سعد, آل سعود, Abu Bakr. */
export const JOINED: ReadonlySet<string> = new Set(
  ['عبد', 'بن', 'ابن', 'بنت', 'آل', 'ال', 'أبو', 'أبا', 'أم', 'ذو', 'bin', 'ibn', 'bint', 'al', 'el', 'abu', 'abd', 'abdul', 'abdel', 'umm', 'van', 'von', 'de', 'da', 'di', 'la'].map(plain),
); // prettier-ignore
