// People who do not exist, for looking at the console: conversations, cases and transcripts as a real week would bring them.
import type {
  CaseDetail,
  ConversationDetail,
  TemplateOffer,
  TranscriptLine,
} from '../../src/conversation/desk-types.js';
import type { FileRef, ShownAnswer } from '../../src/engine/types.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

export const uuid = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Staff ids of the harness. */
export const STAFF = { admin: uuid(901), researcher: uuid(902), reception: uuid(903), former: uuid(904) } as const;

export interface FakeData {
  conversations: ConversationDetail[];
  lines: Map<string, TranscriptLine[]>;
  cases: CaseDetail[];
  files: Map<string, FileRef>;
}

interface Person {
  name: string | null;
  channel: string;
  hold: ConversationDetail['hold'];
  heldBy?: string;
  ago: number;
  unread: number;
  language?: string;
  /** Wants no messages; by whose word. */
  rest?: 'person' | 'channel';
  lines: Line[];
}
type Line = [author: TranscriptLine['author'], text: string, extra?: Partial<TranscriptLine>];

export function fakeData(now: number): FakeData {
  const files = new Map<string, FileRef>();
  for (const file of [REPORT, CARD, QUOTE, SCAN, VOICE]) files.set(file.id, file);
  const lines = new Map<string, TranscriptLine[]>();
  const conversations = people().map((person, i) => conversationOf(person, uuid(i + 1), now, lines));
  const cases = caseSeeds().map((seed, i) => caseOf(seed, now, conversations[i % conversations.length]!.id));
  for (const one of conversations) one.cases = cases.filter((c) => c.conversation === one.id);
  linkTwo(conversations, cases, now);
  return { conversations, lines, cases, files };
}

const REPORT: FileRef = { id: uuid(801), name: 'التقرير الطبي.jpg', mime: 'image/jpeg', bytes: 312_440 };
const CARD: FileRef = { id: uuid(802), name: 'بطاقة العائلة.jpg', mime: 'image/jpeg', bytes: 204_100 };
const QUOTE: FileRef = { id: uuid(803), name: 'عرض سعر مستشفى.pdf', mime: 'application/pdf', bytes: 88_120 };
const SCAN: FileRef = { id: uuid(804), name: 'IMG_2231.jpg', mime: 'image/jpeg', bytes: 1_904_332 };

const VOICE: FileRef = { id: uuid(805), name: 'رسالة صوتية.ogg', mime: 'audio/ogg', bytes: 23_400 };

const goOn: TemplateOffer = {
  id: 'continue',
  title: { ar: 'متابعة الحديث', en: 'Going on with a conversation' },
  text: 'السلام عليكم. نودّ متابعة حديثنا معك بخصوص {{1}}.\nإن كان الوقت مناسبًا فبإمكانك الردّ على هذه الرسالة لنكمل معك.',
  parameters: [{ label: { ar: 'الموضوع', en: 'What it is about' }, value: '' }],
};

const YES_NO = [
  { id: 'a', label: 'أوافق' },
  { id: 'b', label: 'لا أوافق' },
];
const KINDS = [
  { id: '1', label: 'العلاج والعمليات', hint: 'دعم العلاج والعمليات الجراحية' },
  { id: '2', label: 'كفالة مريض' },
  { id: '3', label: 'الأجهزة الطبية' },
  { id: '4', label: 'توفير الدواء' },
];

function people(): Person[] {
  return [
    {
      name: 'نورة عبدالله القحطاني',
      channel: 'website',
      hold: 'waiting',
      ago: 3 * MINUTE,
      unread: 3,
      lines: [
        ['person', 'السلام عليكم ورحمة الله'],
        ['bot', 'وعليكم السلام ورحمة الله وبركاته، أهلًا بك في جمعية العلاج الآمن.\nكيف نخدمك؟', { options: KINDS }],
        ['person', 'العلاج والعمليات', { chosen: 'العلاج والعمليات' }],
        ['bot', 'قبل أن نبدأ: نحتاج إلى موافقتك على حفظ بياناتك لدراسة الطلب.', { options: YES_NO }],
        ['person', 'أوافق', { chosen: 'أوافق' }],
        ['bot', 'شكرًا لك. نرجو إرسال صورة من التقرير الطبي.'],
        ['person', '', { files: [REPORT, SCAN] }],
        ['bot', 'وصل الملفان، شكرًا لك. ما اسم المستشفى؟'],
        ['person', 'مستشفى الملك فهد، رقم الملف MRN-20931، والعملية بعد أسبوعين إن شاء الله'],
        ['person', 'عندي سؤال: هل تغطون تكلفة السفر من جازان؟'],
        ['bot', 'حسنًا، سيتابع معك أحد موظفينا هنا. بإمكانك كتابة ما لديك إلى أن يصلك ردّه.', { state: 'sent' }],
        ['person', '', { media: 'voice', files: [VOICE] }],
        ['person', 'أنتظركم، الله يجزاكم خير'],
      ],
    },
    {
      name: 'أبو فهد',
      channel: 'whatsapp',
      hold: 'taken',
      heldBy: STAFF.admin,
      ago: 9 * MINUTE,
      unread: 1,
      lines: [
        ['person', 'أبي أعرف وش صار على طلبي رقم ٧٣٠٤-٨٨١٥-٢٠٩٦-٤'],
        ['bot', 'طلبك قيد الدراسة لدى البحث الاجتماعي، وقد نتواصل معك إن احتجنا إلى إيضاح.'],
        ['person', 'موظف'],
        ['system', 'طلب التحدث مع موظف'],
        [
          'staff',
          'أهلًا بك أبا فهد، معك مدير النظام. اطلعت على طلبك، وينقصه عرض سعر حديث من المستشفى فقط.',
          { by: STAFF.admin, state: 'read' },
        ],
        ['person', 'أبشر، هذا العرض', { files: [QUOTE] }],
        ['staff', 'وصل، جزاك الله خيرًا. سنضيفه إلى طلبك اليوم.', { by: STAFF.admin, state: 'delivered' }],
        ['person', 'الله يعطيكم العافية 🌹'],
      ],
    },
    {
      name: null,
      channel: 'website',
      hold: 'waiting',
      ago: 26 * MINUTE,
      unread: 2,
      lines: [
        ['person', 'أحس بضيق شديد في التنفس والصدر'],
        ['bot', 'سلامتك تهمنا. إن كانت الحالة طارئة فالاتصال بالإسعاف على 997 هو الأسرع.'],
        ['bot', 'أبلغنا موظفي الجمعية برسالتك الآن.', { state: 'failed', error: 'network' }],
        ['person', 'طيب'],
      ],
    },
    {
      name: 'Fatima Rahman',
      channel: 'telegram',
      hold: 'none',
      ago: 2 * 60 * MINUTE,
      unread: 0,
      language: 'en',
      lines: [
        ['person', 'Hello, can I apply for my mother? She has diabetes.'],
        [
          'bot',
          'Welcome to Safe Treatment. Yes, you can apply for a member of your family.',
          { options: [{ id: 'x', label: 'Apply now' }] },
        ],
        ['person', 'Apply now', { chosen: 'Apply now' }],
        ['bot', 'What is the full name of the patient, as on her ID?'],
      ],
    },
    {
      name: 'سارة الشهري',
      channel: 'website',
      hold: 'none',
      ago: 5 * 60 * MINUTE,
      unread: 0,
      lines: [
        ['bot', 'ما تقييمك للخدمة؟ التقييم حق لك ولا يؤثر في طلبك.'],
        ['person', '', { confidential: true }],
        ['bot', 'شكرًا لك، رأيك يساعدنا على التحسين.'],
      ],
    },
    {
      name: 'محمد بن سالم الدوسري',
      channel: 'whatsapp',
      hold: 'none',
      ago: DAY,
      unread: 0,
      lines: [
        ['person', 'كم رقم حساب الجمعية للتبرع؟'],
        ['bot', 'شكرًا لكرمك. حساب الجمعية المعتمد هو المعلن في موقعنا فقط.'],
        [
          'staff',
          'نسعد بخدمتك، وإيصال تبرعك جاهز لدينا.',
          { by: STAFF.admin, state: 'queued', error: 'window_closed' },
        ],
        [
          'staff',
          'السلام عليكم. نودّ متابعة حديثنا معك بخصوص إيصال التبرع.\nإن كان الوقت مناسبًا فبإمكانك الردّ على هذه الرسالة لنكمل معك.',
          { by: STAFF.admin, state: 'delivered', template: { id: goOn.id, title: goOn.title } },
        ],
      ],
    },
    {
      name: 'ريم العتيبي',
      channel: 'website',
      hold: 'none',
      ago: 2 * DAY,
      unread: 0,
      lines: [
        ['person', 'أرغب في التطوع معكم'],
        ['bot', 'يسعدنا ذلك. ما الأيام المناسبة لك؟'],
      ],
    },
    {
      name: 'عبدالعزيز حسن بن محمد آل عبدالرحمن الغامدي',
      channel: 'telegram',
      hold: 'none',
      ago: 4 * DAY,
      unread: 0,
      lines: [
        ['person', '/start'],
        ['bot', 'أهلًا بك في جمعية العلاج الآمن.'],
        ['person', 'إيقاف الرسائل'],
        ['bot', 'حسنًا، لن تصلك منا رسائل بعد الآن. متى أردت العودة يكفي أن تكتب لنا أي كلمة.'],
      ],
      rest: 'person',
    },
  ];
}

function conversationOf(
  person: Person,
  id: string,
  now: number,
  all: Map<string, TranscriptLine[]>,
): ConversationDetail {
  const last = now - person.ago;
  const lines = person.lines.map(([author, text, extra], i): TranscriptLine => {
    const at = last - (person.lines.length - 1 - i) * 2 * MINUTE - (i === 0 ? DAY / 2 : 0);
    return {
      id: `${id.slice(0, -4)}${String(1000 + i)}`,
      seq: i + 1,
      author,
      at,
      state: author === 'person' ? 'received' : 'read',
      error: null,
      confidential: false,
      text,
      options: [],
      chosen: null,
      files: [],
      location: null,
      media: null,
      by: null,
      template: null,
      ...extra,
    };
  });
  all.set(id, lines);
  return {
    id,
    channel: person.channel,
    name: person.name,
    language: person.language ?? 'ar',
    hold: person.hold,
    heldBy: person.heldBy ?? null,
    flow: 'aid-request',
    step: 'report',
    unread: person.unread,
    createdAt: last - 6 * DAY,
    lastPersonAt: last,
    // WhatsApp's window of 24 hours, as the real desk counts it.
    replyUntil: person.channel === 'whatsapp' ? last + DAY - 5 * MINUTE : null,
    templates: person.channel === 'whatsapp' ? [goOn] : [],
    rest: person.rest ? { since: last, by: person.rest } : null,
    lastMessageAt: last,
    seq: lines.length,
    cases: [],
    linked: [],
    retained: null,
  };
}

/** The first person wrote on a second channel before: linked, and the first case came through both. */
function linkTwo([one, two]: ConversationDetail[], [first]: CaseDetail[], now: number): void {
  if (!one || !two || !first) return;
  one.linked = [{ conversation: two.id, channel: two.channel, since: now - 2 * DAY }];
  two.linked = [{ conversation: one.id, channel: one.channel, since: now - 2 * DAY }];
  first.passages = [two, one].map(({ id, channel }) => ({ conversation: id, channel }));
}

interface CaseSeed {
  number: string;
  /** Its person's reply window is over. */
  late?: true;
  name: string;
  need: string;
  kind: string;
  status: CaseDetail['status'];
  days: number;
  assignedTo: string | null;
  next: CaseDetail['next'];
}

function caseSeeds(): CaseSeed[] {
  const research: CaseDetail['next'] = [
    'incomplete',
    'committee',
    'approved',
    'partly_approved',
    'declined',
    'deferred',
    'withdrawn',
    'closed',
  ];
  return [
    {
      number: '1184205573906',
      name: 'نورة عبدالله القحطاني',
      need: 'العلاج والعمليات: عملية قلب مفتوح لابنها',
      kind: 'aid-request',
      status: 'submitted',
      days: 0.02,
      assignedTo: null,
      next: ['incomplete', 'under_research', 'committee', 'withdrawn', 'closed'],
    },
    {
      number: '7304881520964',
      name: 'فهد سعد المطيري',
      need: 'الأجهزة الطبية: جهاز تنفس منزلي',
      kind: 'aid-request',
      status: 'under_research',
      days: 6,
      assignedTo: STAFF.researcher,
      next: research,
    },
    {
      number: '2290417768352',
      name: 'هدى محمد الحربي',
      need: 'توفير الدواء: أنسولين وشرائط قياس',
      kind: 'aid-request',
      status: 'incomplete',
      days: 9,
      assignedTo: STAFF.researcher,
      next: ['submitted', 'under_research', 'withdrawn', 'closed'],
    },
    {
      number: '5561093384721',
      name: 'عائشة بنت إبراهيم',
      need: 'كفالة مريض: غسيل كلوي',
      kind: 'aid-request',
      status: 'committee',
      days: 21,
      assignedTo: STAFF.researcher,
      next: ['incomplete', 'under_research', 'approved', 'partly_approved', 'declined', 'deferred', 'withdrawn'],
    },
    {
      number: '8830174429056',
      name: 'خالد عوض الزهراني',
      need: 'العلاج والعمليات: تبديل مفصل',
      kind: 'aid-request',
      status: 'approved',
      days: 33,
      assignedTo: null,
      next: ['in_service', 'closed', 'withdrawn'],
    },
    {
      number: '4417208836195',
      late: true,
      name: 'Fatima Rahman',
      need: 'Medicine: insulin for her mother',
      kind: 'aid-request',
      status: 'in_service',
      days: 48,
      assignedTo: STAFF.admin,
      next: ['closed', 'withdrawn'],
    },
    {
      number: '9027716345080',
      name: 'صالح العمري',
      need: 'الأجهزة الطبية: كرسي متحرك',
      kind: 'aid-request',
      status: 'declined',
      days: 61,
      assignedTo: null,
      next: ['under_research', 'closed'],
    },
    {
      number: '3345918207746',
      name: 'منى السبيعي',
      need: 'شكوى: تأخر الرد',
      kind: 'case/complaint',
      status: 'closed',
      days: 75,
      assignedTo: null,
      next: ['under_research'],
    },
  ];
}

function caseOf(seed: CaseSeed, now: number, conversation: string): CaseDetail {
  const openedAt = now - seed.days * DAY;
  const { number } = seed;
  return {
    number,
    grouped: `${number.slice(0, 4)}-${number.slice(4, 8)}-${number.slice(8, 12)}-${number.slice(12)}`,
    kind: seed.kind,
    status: seed.status,
    name: seed.name,
    need: seed.need,
    assignedTo: seed.assignedTo,
    openedAt,
    changedAt: Math.min(now, openedAt + 2 * DAY),
    notBefore: openedAt + 14 * DAY,
    conversation,
    language: seed.name === 'Fatima Rahman' ? 'en' : 'ar',
    answers: answersOf(seed),
    files: [REPORT, CARD, QUOTE],
    consent: { version: '1', given: true, language: 'ar', at: openedAt - 11 * MINUTE },
    declaration: { version: '1', name: seed.name, digest: '9f2c7be0d41a5a3e8c66' },
    taken: null,
    reached: true,
    about: null,
    related: [],
    reach: seed.late ? { status: 'template', message: 'template' } : { status: 'now', message: 'now' },
    events: eventsOf(seed, openedAt),
    passages: [{ conversation, channel: 'whatsapp' }],
    next: seed.next,
    version: 3,
  };
}

function answersOf(seed: CaseSeed): ShownAnswer[] {
  return [
    shown('for_whom', 'مقدم الطلب', 'Applicant', 'لأحد أفراد العائلة', 'personal', 'choice'),
    shown('applicant_name', 'اسم مقدم الطلب', 'Name of applicant', seed.name, 'personal', 'name'),
    shown('national_id', 'رقم الهوية', 'National ID', '1093384756', 'sensitive', 'saudi_id'),
    shown('phone', 'رقم الجوال', 'Mobile', '+966 50 123 4567', 'personal', 'phone'),
    shown('city', 'المدينة', 'City', 'جازان', 'personal', 'text'),
    shown('patient_name', 'اسم المريض', 'Name of patient', 'عبدالله بن فهد', 'sensitive', 'name'),
    shown('kind', 'نوع المساعدة', 'Kind of help', seed.need.split(':')[0] ?? '', 'sensitive', 'choice'),
    shown(
      'need',
      'تفاصيل الحاجة',
      'Details of the need',
      'يحتاج المريض إلى عملية خلال شهر حسب تقرير الطبيب، ولا يغطيها التأمين. دخل الأسرة محدود، وأنا المعيل الوحيد لستة أفراد.',
      'sensitive',
      'text',
    ),
    shown('iban', 'الآيبان', 'IBAN', 'SA03 8000 0000 6080 1016 7519', 'sensitive', 'iban'),
    { ...shown('report', 'التقرير الطبي', 'Medical report', 'ملف واحد', 'sensitive', 'file'), files: [REPORT] },
    { ...shown('papers_family_card', 'بطاقة العائلة', 'Family card', 'ملف واحد', 'sensitive', 'file'), files: [CARD] },
    { ...shown('papers_quote', 'عرض السعر', 'Price quote', 'ملف واحد', 'sensitive', 'file'), files: [QUOTE] },
    shown('staff_complaint', 'ملاحظة على الخدمة', 'Remark on the service', '', 'confidential', 'text'),
  ];
}

function shown(
  name: string,
  ar: string,
  en: string,
  value: string,
  privacy: ShownAnswer['class'],
  type: string,
): ShownAnswer {
  return { name, label: { ar, en }, value, class: privacy, type };
}

function eventsOf(seed: CaseSeed, openedAt: number): CaseDetail['events'] {
  const opened = { version: 1, type: 'opened', at: openedAt, by: 'system' } as const;
  if (seed.status === 'submitted') return [opened];
  return [
    opened,
    { version: 2, type: 'assigned', at: openedAt + DAY / 3, by: STAFF.reception, assignee: STAFF.researcher },
    {
      version: 3,
      type: 'status_changed',
      at: openedAt + DAY,
      by: STAFF.researcher,
      from: 'submitted',
      to: 'under_research',
      text: 'الأوراق مكتملة ومطابقة.',
    },
    {
      version: 4,
      type: 'note_added',
      at: openedAt + DAY * 1.2,
      by: STAFF.researcher,
      text: 'تم الاتصال بالمستشفى للتحقق من عرض السعر، والموظفة المختصة ستعود إلينا يوم الأحد.',
    },
    {
      version: 5,
      type: 'message_sent',
      at: openedAt + DAY * 1.5,
      by: STAFF.researcher,
      text: 'نرجو تزويدنا بصورة أوضح من بطاقة العائلة.',
    },
  ];
}
