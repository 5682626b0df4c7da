// A bot that says one of everything, so that the page can be looked at and tried without the house behind it.
import type { Bot, Said } from './fake-host.js';

const option = (id: string, label: string, hint?: string): { id: string; label: string; hint?: string } => {
  return hint === undefined ? { id, label } : { id, label, hint };
};

/** What a person writes decides what is shown; anything else gets the menu. */
export const scriptedBot: Bot = (incoming) => {
  const wish = incoming.choice ?? incoming.text ?? (incoming.files !== undefined ? 'got-file' : 'refused');
  return scenes[wish] ?? menu;
};

const menu: Said[] = [
  {
    text: 'أهلًا بك في جمعية العلاج الآمن.\nمعك المساعد الآلي للجمعية، وموظفونا معنا هنا: اكتب «موظف» في أي وقت.',
  },
  {
    text: 'كيف يمكننا خدمتك؟',
    expects: 'choice',
    options: [
      option('aid', 'طلب مساعدة', 'للمستفيدين وذويهم'),
      option('status', 'متابعة طلب', 'معرفة حالة طلب سابق'),
      option('inquiry', 'استفسار', 'سؤال عن الجمعية أو خدماتها'),
      option('rate', 'تقييم الخدمة', 'رأيك حق لك ولا يؤثر في طلبك'),
      option('donor', 'داعم أو متبرع', 'كيف تدعم الجمعية بأمان'),
    ],
  },
];

const scenes: Record<string, Said[]> = {
  aid: [
    {
      text: 'قبل أن نبدأ نحتاج موافقتك على حفظ بياناتك لدراسة الطلب.',
      expects: 'choice',
      options: [option('agree', 'أوافق'), option('no', 'لا أوافق')],
    },
  ],
  agree: [{ text: 'ما تاريخ ميلاد المريض؟ الهجري أو الميلادي كلاهما مناسب.', expects: 'date' }],
  '15/9/1405': [{ text: 'كم المبلغ التقريبي بالريال؟', expects: 'number' }],
  '45000': [{ text: 'أرسل صورة التقرير الطبي.', expects: 'file', options: [option('skip', 'لاحقًا')] }],
  'got-file': [
    {
      text: 'هل هذه البيانات صحيحة؟\n\nنوع المساعدة: العلاج والعمليات\nالاسم: فهد بن محمد الحربي\nرقم الهوية: •••••••123\nتاريخ الميلاد: 15/9/1405 هـ\nالمبلغ: 45,000 ريال\nالتقرير: report.pdf',
      expects: 'choice',
      options: [option('right', 'نعم، صحيحة'), option('fix', 'تعديل إجابة'), option('drop', 'إلغاء الطلب')],
    },
  ],
  right: [
    {
      text: 'استلمنا طلبك، ورقمه 7304-8815-2096-4.\nسيُرفع إلى لجنة البحث لدراسته، ويأتيك الرد خلال مدة لا تقل عن أسبوعين.',
    },
    {
      text: 'كيف كانت خدمتنا لك؟ رأيك حق لك ولا يؤثر في طلبك.',
      expects: 'stars',
      options: [1, 2, 3, 4, 5].map((n) => option(`s${n}`, String(n))),
    },
  ],
  s5: [{ text: 'شكرًا لك 🌿' }, { text: '🌷' }],
  موظف: [
    { text: 'وصلت رسالتك، وسيردّ عليك أحد موظفينا هنا.' },
    {
      from: 'staff',
      name: 'نورة العتيبي',
      text: 'السلام عليكم، معك نورة من البحث الاجتماعي. اطلعت على طلبك وينقصنا تقرير المستشفى.\nتجد النموذج هنا: https://example.org/form?id=1 وشكرًا لك.',
    },
  ],
  long: [{ text: 'سطر طويل '.repeat(120) }],
};
