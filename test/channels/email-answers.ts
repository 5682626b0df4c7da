// How the programs of people begin to quote the letter that they answer.

/** A program, what it writes above the quotation, and whether each quoted line has a sign. */
type Program = readonly [name: string, introduction: string, quotes: 'with signs' | 'bare' | 'either'];

const AT = '<info@charity.example>';

export const PROGRAMS: readonly Program[] = [
  ['Gmail', `On Sun, Nov 22, 2026 at 12:00 PM Charity ${AT} wrote:`, 'either'],
  ['Gmail, broken in two', `On Sun, Nov 22, 2026 at 12:00 PM Charity for safe treatment\n${AT} wrote:`, 'either'],
  ['Gmail, broken in three', `On Sun, Nov 22, 2026 at 12:00 PM Charity\n${AT}\nwrote:`, 'either'],
  ['Gmail in Arabic', `في الأحد، 22 نوفمبر 2026 في 12:00 م تمت كتابة ما يلي بواسطة الجمعية ${AT}:`, 'either'],
  ['Gmail in Arabic, broken', `في الأحد، 22 نوفمبر 2026 في 12:00 م تمت كتابة ما يلي بواسطة الجمعية\n${AT}:`, 'either'],
  [
    'Gmail in Arabic, digits and marks',
    `في الأحد، ٢٢ نوفمبر ٢٠٢٦ في ١٢:٠٠ م تمت كتابة ما يلي بواسطة ‪الجمعية‬‏ <‪info@charity.example‬‏>:‬`,
    'either',
  ],
  ['Gmail, Hijri', `في الأحد، ١٢ جمادى الآخرة ١٤٤٨ هـ في ١٢:٠٠ م تمت كتابة ما يلي بواسطة الجمعية ${AT}:`, 'either'],
  ['Gmail in French', `Le dim. 22 nov. 2026 à 12:00, Charity ${AT} a écrit :`, 'with signs'],
  ['Gmail in German', `Am So., 22. Nov. 2026 um 12:00 Uhr schrieb Charity ${AT}:`, 'with signs'],
  ['Gmail in Turkish', `Charity ${AT}, 22 Kas 2026 Paz, 12:00 tarihinde şunu yazdı:`, 'with signs'],
  [
    'Outlook for desks',
    `From: Charity ${AT}\nSent: Sunday, November 22, 2026 12:00 PM\nTo: Fatima <fatima@example.com>\nSubject: RE: x`,
    'bare',
  ],
  [
    'Outlook for desks, no address',
    `From: Charity\nSent: Sunday, November 22, 2026 12:00 PM\nTo: Fatima\nSubject: RE: x`,
    'bare',
  ],
  [
    'Outlook on the web',
    `________________________________\nFrom: Charity ${AT}\nSent: Sunday, November 22, 2026 12:00 PM\nTo: Fatima\nCc: Ali\nSubject: Re: x`,
    'bare',
  ],
  [
    'Outlook on the web, from HTML',
    `-------------\n\nFrom: Charity ${AT}\nSent: Sunday, November 22, 2026 12:00 PM\nTo: Fatima\nSubject: Re: x`,
    'bare',
  ],
  [
    'Outlook on the web in Arabic',
    `________________________________\n‏‏من: الجمعية ${AT}\n‏‏تم الإرسال: 22/جمادى الأولى/1448 12:00 م\n‏‏إلى: فاطمة\n‏‏الموضوع: رد: x`,
    'bare',
  ],
  [
    'Outlook for desks in Arabic',
    `من: الجمعية ${AT}\nتاريخ الإرسال: ٢٢ نوفمبر, ٢٠٢٦ ١٢:٠٠ م\nإلى: فاطمة\nالموضوع: x`,
    'bare',
  ],
  [
    'Outlook on a phone',
    `Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Charity ${AT}\nSent: Sunday, November 22, 2026 12:00:00 PM\nTo: Fatima\nSubject: x`,
    'bare',
  ],
  [
    'Outlook on a phone in Arabic',
    `الحصول على Outlook لـ Android (https://aka.ms/AAb9ysg)\n________________________________\nمن: الجمعية ${AT}\nأُرسلت: الأحد، 22 نوفمبر 2026 12:00\nإلى: فاطمة\nالموضوع: x`,
    'bare',
  ],
  [
    'Outlook of old',
    `-----Original Message-----\nFrom: Charity [mailto:info@charity.example]\nSent: Sunday\nTo: Fatima`,
    'either',
  ],
  ['Outlook of old in Arabic', `-----الرسالة الأصلية-----\nمن: الجمعية\nإلى: فاطمة`, 'either'],
  ['Apple Mail', `On 22 Nov 2026, at 12:00 PM, Charity ${AT} wrote:`, 'either'],
  ['Apple Mail, no address', 'On 22 Nov 2026, at 12:00 PM, Charity wrote:', 'with signs'],
  ['Apple Mail in Arabic', `في ٢٢ نوفمبر ٢٠٢٦، الساعة ١٢:٠٠ م، كتب الجمعية ${AT}:`, 'either'],
  [
    'Apple Mail in Arabic, marks before the verb',
    `في ٢٢ نوفمبر ٢٠٢٦، الساعة ١٢:٠٠ م، ‏كتب ‏الجمعية ‏${AT}:‏`,
    'either',
  ],
  ['Apple Mail in Arabic, Hijri', `في ١٢ جمادى الآخرة ١٤٤٨ هـ، الساعة ١٢:٠٠ م، كتبت الجمعية ${AT}:`, 'either'],
  ['Apple Mail on a phone', `Sent from my iPhone\n\nOn 22 Nov 2026, at 12:00 PM, Charity ${AT} wrote:\n\n`, 'either'],
  [
    'Apple Mail on a phone in Arabic',
    `أُرسلت من الـ iPhone الخاص بي\n\nفي ٢٢ نوفمبر ٢٠٢٦، الساعة ١٢:٠٠ م، كتب الجمعية ${AT}:\n\n`,
    'either',
  ],
  ['Yahoo', `On Sunday, November 22, 2026 at 12:00:00 PM GMT+3, Charity ${AT} wrote:`, 'either'],
  ['Yahoo in Arabic', `في الأحد، ٢٢ نوفمبر ٢٠٢٦ في ١٢:٠٠:٠٠ م غرينتش+٣، كتب ‪الجمعية‬‏ ${AT}:`, 'either'],
  [
    'Yahoo on Android in Arabic',
    `تم الإرسال من بريد Yahoo على Android\n\nفي الأحد، ٢٢ نوفمبر ٢٠٢٦ في ١٢:٠٠ م، الجمعية ${AT} كتب:`,
    'either',
  ],
  ['Thunderbird', 'On 11/22/26 12:00 PM, Charity wrote:', 'with signs'],
  ['Thunderbird in Arabic', 'في 22/11/2026 12:00 م، كتب الجمعية:', 'with signs'],
  [
    'Samsung',
    `-------- Original message --------\nFrom: Charity ${AT}\nDate: 22/11/2026 12:00 (GMT+03:00)\nTo: f@example.com\nSubject: x`,
    'bare',
  ],
  [
    'Samsung in Arabic',
    `تم الإرسال من هاتف Samsung Galaxy الذكي\n\n-------- الرسالة الأصلية --------\nمن: الجمعية ${AT}\nالتاريخ: 22/11/2026 12:00 م (GMT+03:00)\nإلى: فاطمة\nالموضوع: x`,
    'bare',
  ],
  ['a phone that names its date only', `2026-11-22 12:00 GMT+03:00 Charity ${AT}:`, 'either'],
  ['a program that begins with the writer', `كتب الجمعية ${AT} في الأحد 22 نوفمبر 2026:`, 'either'],
  [
    'Proton',
    `Sent from Proton Mail for iOS.\n\nOn Sunday, November 22nd, 2026 at 12:00 PM, Charity ${AT} wrote:`,
    'with signs',
  ],
];
