/** How people call what is theirs when they tell several things at once: "اسمي … ورقمي …", "my name is … and my email …". */
import { plain } from '../text/normalise.js';

/** By answer type. Only words that cannot be about somebody else. */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  name: ['اسمي', 'اسمي الكامل', 'أنا اسمي', 'my name is', 'my name', 'my full name is', 'my full name', 'i am called'],
  phone: ['جوالي', 'رقم جوالي', 'موبايلي', 'رقم موبايلي', 'تلفوني', 'هاتفي', 'رقم هاتفي', 'رقم تلفوني', 'my phone', 'my phone number', 'my mobile', 'my mobile number'],
  saudi_id: ['هويتي', 'رقم هويتي', 'سجلي المدني', 'رقم سجلي', 'إقامتي', 'رقم إقامتي', 'my id', 'my id number', 'my national id', 'my iqama'],
  email: ['ايميلي', 'بريدي', 'بريدي الإلكتروني', 'my email', 'my e mail', 'my email address'],
  iban: ['آيباني', 'رقم الآيبان', 'الآيبان', 'حسابي', 'رقم حسابي', 'my iban', 'my account', 'iban'],
}; // prettier-ignore

/** A number of one's own: the one that is asked for, else a phone number. */
export const OWN_NUMBER: readonly string[] = ['رقمي', 'my number', 'my number is'].map(plain);

/** What else people tell of themselves or others: here another thing begins, whatever it is. */
const OTHERWISE: readonly string[] = [
  ...['عمري', 'عمره', 'عمرها', 'سني', 'العمر', 'ساكن', 'ساكنة', 'أسكن', 'أعيش', 'مقيم', 'مقيمة', 'متزوج', 'متزوجة', 'أعمل', 'عاطل', 'وظيفتي', 'عندي', 'لدي', 'أحتاج', 'محتاج', 'محتاجة', 'أبغى', 'أبي', 'أريد', 'شكرا', 'وشكرا', 'اسمه', 'اسمها', 'رقمه', 'رقمها', 'جواله', 'جوالها', 'هويته', 'هويتها'],
  ...['thanks', 'thank you', 'i live', 'living in', 'my age', 'age', 'aged', 'i work', 'married', 'i need', 'i want', 'his name', 'her name', 'his number', 'her number', 'his phone', 'her phone', 'his id', 'her id'],
]; // prettier-ignore

/** Plain phrase → answer type; undefined: another thing. */
export const OWN_WORDS: ReadonlyMap<string, string | undefined> = new Map([
  ...OTHERWISE.map((phrase) => [plain(phrase), undefined] as const),
  ...Object.entries(BY_TYPE).flatMap(([type, phrases]) => phrases.map((phrase) => [plain(phrase), type] as const)),
]);

/** Answer types whose values can be told by their form alone. */
export const TELLING: readonly string[] = ['email', 'iban', 'saudi_id', 'phone'];
