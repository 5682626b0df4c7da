// What the shipped charities make of words that the model alone misreads: refusals, sponsorship, grief, no words at all, two wishes of which one is not given.
import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/conversation/questions.js';
import { houseOf } from '../support/houses.js';

const charities = ['safe-treatment', 'qutoof'];
const find = (charity: string, text: string) => houseOf(charity).finder.find(text, /[a-z]/.test(text) ? 'en' : 'ar');

describe.each(charities)('%s', (charity) => {
  it.each([
    'ما ابي اقدم بس ابي اسال',
    'لا اريد التبرع',
    'ما ابغى اتطوع',
    'ما ابي اشتكي بس وين ردكم',
    'ما ابي اقيم الخدمة',
    'لا تتصلون علي انا بالدوام',
    'please do not call me',
    'لا تلغون طلبي',
    'ما ابي احذف بياناتي',
    'mabi atbara3',
    'la tet9lon 3alay',
    'i would rather not donate',
    "cancel? no don't cancel it",
  ])('begins nothing that is refused: %s', (text) => {
    const { outcome, deed } = find(charity, text);
    expect([outcome, deed]).toEqual(['unsure', undefined]);
  });

  it.each([
    ['ما ابي الا اتطوع معكم', 'volunteer'],
    ['لا اعرف كيف اتبرع', 'donate'],
    ['ما ابي اطول عليكم ابي اقدم طلب', 'aid-request'],
    ["i don't want money i want to volunteer", 'volunteer'],
    ['ما عاد احتاج المساعدة ابي الغي طلبي', 'withdraw'],
    ["i don't need the aid anymore, cancel my request", 'withdraw'],
    ['ما لقيت رقم الحساب ابي اتبرع', 'donate'],
  ])('begins what is wanted all the same: %s', (text, flow) => {
    const found = find(charity, text);
    expect([found.flow, found.deed]).toEqual([flow, true]);
  });

  it.each([
    'ابي اعرف عن الكفالة',
    'كم مبلغ الكفالة',
    'عندكم كفالة ايتام',
    'كيف الكفاله',
    'كفالة يتيم',
    'الكفالة الشهرية كم',
  ])('asks whether to give or to receive: %s', (text) => {
    const { outcome, others } = find(charity, text);
    const needed = charity === 'qutoof' ? 'health' : 'sponsorship';
    expect([outcome, others.map(({ id }) => id)]).toEqual(['unsure', ['donate', needed]]);
  });

  it.each(['أبغى أكفل مريض', 'ودي اتكفل بيتيم شهريا', 'كم تكلف الكفالة', 'abi akfal mareed'])(
    'takes who gives for a giver: %s',
    (text) => {
      expect(find(charity, text)).toMatchObject({ outcome: 'answered', flow: 'donate', deed: true });
    },
  );

  it.each(['الله يرحم ابوي', 'قلبي يوجعني على حالهم'])('thanks nobody who mourns: %s', (text) => {
    expect(find(charity, text).courtesy).toBe('grief');
    for (const language of ['ar', 'en'])
      expect(answerQuestion(houseOf(charity), language, { question: text }).values?.answer).not.toMatch(
        /inquiry|العفو/,
      );
  });

  it.each([
    'الله يرحم والديكم',
    'رحم الله والديكم وجزاكم خير',
    'جزاكم الله خيرا ورحم الله امواتكم',
    'thank you, may allah have mercy on your parents',
  ])('takes a blessing for thanks: %s', (text) => {
    expect(find(charity, text).courtesy).toBe('thanks');
  });

  it.each(['__proto__ constructor toString', '__init__ kubectl grpc'])(
    'answers no words at all with nothing: %s',
    (text) => {
      expect(find(charity, text).outcome).toBe('none');
      expect(houseOf(charity).finder.ruled?.(text)).toBeUndefined();
    },
  );

  it('answers what it is sure of, whatever search finds', () => {
    expect(find(charity, 'وش رقم ترخيصكم').best?.id).toBe('policy');
  });
});

describe('of two wishes one of which is not given', () => {
  const declined = 'ليس مما تقدمه الجمعية';
  const values = (charity: string, question: string) =>
    answerQuestion(houseOf(charity), 'ar', { question }).values ?? {};

  it.each([
    ['safe-treatment', 'ابي جهاز شفط لولدي وابي سداد الايجار', 'devices', true],
    ['safe-treatment', 'ونحتاج حفائظ وحليب وجهاز شفط بلغم', 'devices', false],
    ['qutoof', 'ابي جهاز شفط لولدي وابي سداد الايجار', 'services', false],
  ])('%s declines that one alone, and offers to begin with the other: %s', (charity, text, given, first) => {
    const { answer = '', flow, deed, withheld } = values(charity, text);
    expect([flow, deed, withheld]).toEqual(['aid-request', undefined, 'part']);
    expect(answer.split(declined)).toHaveLength(2);
    const own = answerQuestion(houseOf(charity), 'ar', { article: given }).values?.answer ?? '';
    expect(answer.startsWith(own)).toBe(first);
    expect(answer.endsWith(own)).toBe(!first);
  });

  it('declines one wish as before', () => {
    const { answer = '', flow, withheld } = values('safe-treatment', 'ابي سداد الايجار');
    expect([flow, withheld, answer.split(declined).length]).toEqual([undefined, 'yes', 2]);
  });
});
