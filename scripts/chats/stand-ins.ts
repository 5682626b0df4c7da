/** Stand-ins for what would tell who somebody is: of the same kind, valid, and the same each time for the same original. */
import { dammDigit } from '../../src/engine/text/damm.js';
import { digits, plain } from '../../src/engine/text/normalise.js';

const names = {
  ar: ['خالد', 'سعد', 'محمد', 'نورة', 'فهد', 'هند', 'سلطان', 'أمل', 'ماجد', 'ريم', 'بندر', 'منال'],
  families: ['العتيبي', 'الشهري', 'الغامدي', 'الحربي', 'القحطاني', 'الزهراني'],
  en: ['Khaled', 'Saad', 'Noura', 'Fahd', 'Hind', 'Majed', 'Reem', 'Bandar', 'Alotaibi', 'Alshehri'],
};
/** Parts of a name that name nobody. */
const links = new Set(['بن', 'بنت', 'ابن', 'ابو', 'ام', 'ال', 'عبد', 'bin', 'bint', 'ibn', 'al', 'abu', 'van', 'de']);

const DIGIT = '[0-9٠-٩۰-۹]';
/** A day in figures, the year first or last. */
const DATE = new RegExp(
  `(?<!${DIGIT})(${DIGIT}{4}[/.-]${DIGIT}{1,2}[/.-]${DIGIT}{1,2}|${DIGIT}{1,2}[/.-]${DIGIT}{1,2}[/.-]${DIGIT}{4})(?!${DIGIT})`,
);

/** An e-mail address, a link, a degree, a short address, an account number, or a row of digits. */
const SENSITIVE =
  /([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(\bhttps?:\/\/\S+)|(\b\d{1,3}\.\d{3,}\b)|(\b[A-Z]{4}[ -]?\d{4}\b)|(\b[A-Z]{2}\d{2}[\dA-Z ]{11,30}\b)|[+]?[\d٠-٩۰-۹](?:[ -]?[\d٠-٩۰-۹]){3,}/gi;

export class StandIns {
  private readonly known = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** Another name for every part; parts that were seen before get the same one again. */
  name(full: string): string {
    return full
      .split(/\s+/)
      .map((part) => this.part(part))
      .join(' ');
  }

  /** Replaces parts of names that were seen, wherever they stand as whole words; a written-on و or ل is kept. */
  namesIn(text: string): string {
    return text.replaceAll(/\p{L}[\p{L}\p{M}]*/gu, (word) => {
      const known = this.known.get(`name ${plain(word)}`);
      if (known !== undefined) return known;
      const [, particle = '', rest = ''] = /^([ولبف])(.+)$/u.exec(word) ?? [];
      const inner = rest === '' ? undefined : this.known.get(`name ${plain(rest)}`);
      return inner === undefined ? word : particle + inner;
    });
  }

  /** Replaces e-mail addresses, links, account numbers, IDs, phones, case numbers and any other long row of digits. */
  numbersIn(text: string): string {
    return text
      .split(DATE)
      .map((part, index) => (index % 2 === 1 ? anotherDay(part) : this.rowsIn(part)))
      .join('');
  }

  private rowsIn(text: string): string {
    return text.replaceAll(
      SENSITIVE,
      (found, email?: string, link?: string, place?: string, address?: string, account?: string) => {
        if (email !== undefined) return this.of('email', found, (n) => `person${n}@example.org`);
        if (link !== undefined) return 'https://example.org';
        if (place !== undefined) return '24.71360';
        if (address !== undefined) return this.of('address', found, (n) => `RRRD${2900 + n}`);
        return account === undefined ? this.row(found) : this.of('iban', found, iban);
      },
    );
  }

  file(name: string): string {
    const ending = /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0] ?? '';
    return this.of('file', name, (n) => `ملف-${n}${ending}`);
  }

  private part(part: string): string {
    const key = plain(part);
    if (key.length < 2 || links.has(key)) return part;
    const list = /[A-Za-z]/.test(part) ? names.en : part.startsWith('ال') ? names.families : names.ar;
    return this.of('name', part, (n) => list[(n - 1) % list.length] ?? '');
  }

  /** A row of digits by what it looks like; its separators and its digits' script are kept where the length allows. */
  private row(found: string): string {
    const bare = digits(found).replaceAll(/\D/g, '');
    const made = this.of('row', bare, () => this.likeRow(bare));
    return shapedLike(found, made);
  }

  private likeRow(bare: string): string {
    if (/^[12]\d{9}$/.test(bare)) return this.of('id', bare, (n) => saudiId(bare.charAt(0), n));
    if (/^(00966|966|0)?5\d{8}$/.test(bare))
      return bare.slice(0, -8) + this.of('phone', bare.slice(-8), (n) => `5${String(123_456 + n).padStart(7, '0')}`);
    if (bare.length === 13) return this.of('case', bare, (n) => caseNumber(n));
    if (bare.length === 4) return this.lastFour(bare);
    return this.of(`digits ${bare.length}`, bare, (n) =>
      String(n + 2)
        .repeat(bare.length)
        .slice(0, bare.length),
    );
  }

  /** The end of an ID that was seen is the end of its stand-in; other four digits (a year, an amount) stay what they are. */
  private lastFour(bare: string): string {
    for (const [key, value] of this.known) if (key.startsWith('id ') && key.endsWith(bare)) return value.slice(-4);
    return bare;
  }

  private of(kind: string, original: string, make: (count: number) => string): string {
    const key = `${kind} ${kind === 'name' ? plain(original) : original}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const made = make(count);
    this.known.set(key, made);
    return made;
  }
}

/** `1098765439` and those after it: ten digits that pass Luhn's check, as national IDs and iqamas do. */
function saudiId(first: string, count: number): string {
  const start = `${first}${String(9_876_542 + count).padStart(8, '0')}`;
  const sum = Array.from(start).reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return start + String((10 - (sum % 10)) % 10);
}

/** The numbers that a played transcript gives to its cases, in order. */
function caseNumber(count: number): string {
  const start = String(100_000_000_000 + count);
  return start + dammDigit(start);
}

/** A Saudi account number whose check digits are right (ISO 13616). */
function iban(count: number): string {
  const account = `80${String(count).padStart(18, '0')}`;
  const rest = Array.from(`${account}281000`).reduce((sum, digit) => (sum * 10 + Number(digit)) % 97, 0);
  return `SA${String(98 - rest).padStart(2, '0')}${account}`;
}

/** A day of the same decade in the same form; what was no day stays as it is. */
function anotherDay(found: string): string {
  const parts = digits(found).split(/[/.-]/);
  const small = parts.filter((part) => part.length <= 2).map(Number);
  if (Math.max(...small) > 31 || Math.min(...small) > 12 || Math.min(...small) < 1) return found;
  let next = 0;
  const made = parts.map((part) =>
    part.length === 4 ? `${part.slice(0, 3)}1` : String([4, 7][next++]).padStart(part.length, '0'),
  );
  return shapedLike(found, made.join(''));
}

/** The new digits in the old one's places and script; as they are when the lengths differ. */
function shapedLike(found: string, made: string): string {
  const places = found.replaceAll(/[^\d٠-٩۰-۹]/g, '').length;
  if (places !== made.length) return made;
  let next = 0;
  return found.replaceAll(/[\d٠-٩۰-۹]/g, (digit) => {
    const value = Number(made.charAt(next++));
    const zero = /[٠-٩]/.test(digit) ? 0x660 : /[۰-۹]/.test(digit) ? 0x6f0 : 0x30;
    return String.fromCharCode(zero + value);
  });
}
