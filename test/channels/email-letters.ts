// Letters as people and offices write them: every line is theirs, however much it looks like what a program writes.

/** What it is, and its lines below the greeting. */
type Ordinary = readonly [kind: string, text: string];

/** Whole in a letter that begins a thread and in one that answers. */
export const ORDINARY: readonly Ordinary[] = [
  [
    'an official letter',
    'بسم الله الرحمن الرحيم\n\nمن: مستشفى الملك فهد بجدة\nإلى: جمعية العلاج الآمن\nالتاريخ: ١٤٤٨/٠٦/٠١\nالموضوع: إحالة مريض للمساعدة\n\nالسلام عليكم ورحمة الله وبركاته\nنفيدكم بأن المريض محتاج لعملية عاجلة ونأمل شموله بالمساعدة.\nوتقبلوا تحياتنا',
  ],
  [
    'an official letter with its ministry',
    'المملكة العربية السعودية\nوزارة الصحة\n\nمن: مدير المستشفى\nإلى: المدير التنفيذي\nالموضوع: طلب\n\nنص الخطاب',
  ],
  [
    'an English official letter',
    'To whom it may concern,\nFrom: King Fahd Hospital\nTo: Safe Treatment\nSubject: referral\n\nDear all, please help the patient.',
  ],
  [
    'a memo with a copy',
    'From: Dr. Ahmad\nTo: Social Services\nCC: Director\nDate: 22/11/2026\nSubject: Patient 4471\n\nThe patient is at risk.',
  ],
  [
    'a letter of a court',
    'المحكمة العامة بالرياض\nالدائرة الخامسة\nالتاريخ: ١٥/٠٥/١٤٤٨هـ\nالموضوع: حصر ورثة\n------------------------------\nالمدعي: فلان\nالمدعى عليه: فلان\n------------------------------\nحكمت الدائرة بما يلي:\nأولًا: ثبوت الوراثة',
  ],
  [
    'a circular',
    'تعميم\nمن: الأمانة\nإلى: الجمعيات كافة\nنسخة: للملف\nالموضوع: مواعيد العمل\n\nيبدأ العمل بهذا من الأحد.',
  ],
  ['a form with underscores', 'طلب مساعدة\n____________________________\nالاسم: أحمد\nالحاجة: كرسي متحرك'],
  [
    'a form with places to fill',
    'الاسم: ____________\nالعمر: ____________\n____________________\nالتوقيع: ____________________\nأرجو الرد',
  ],
  ['a form between strokes', '----------\nالاسم: سعيد\n----------\nالمدينة: أبها\n----------\nالمبلغ: ٥٠٠٠'],
  ['strokes of equal signs', '=======================\nبيانات المريض\n=======================\nالاسم: سعيد'],
  ['strokes apart', 'أولًا\n- - - - -\nثانيًا\n* * *\nثالثًا'],
  ['a title between strokes', '---- طلب مساعدة ----\nأنا أم لثلاثة أطفال\n---- انتهى ----\nوشكرًا'],
  ['a list of numbers', 'أحتاج:\n1. كرسي متحرك\n2. سرير طبي\n3- دواء السكر\nولكم الأجر'],
  ['a list of dashes', 'الأوراق:\n- الهوية\n- التقرير الطبي\n-- صورة العائلة\n--- كشف الراتب'],
  ['sent before', 'أرسلت من قبل طلب مساعدة لوالدتي ولم يصلني أي رد.\nرقم الطلب 7304-8815-2096-4، أرجو الإفادة.'],
  ['sent a week ago', 'أرسلت من أسبوع التقرير الطبي، هل وصلكم؟\nوأحتاج موعدًا عاجلًا.'],
  ['sent from a phone, and of what', 'أرسلت من جوالي التقرير الطبي\nولم يصلني رد'],
  ['sent from a phone, at the end', 'أرجو الإفادة\nأرسلت من هاتف أخي لأن هاتفي معطل'],
  ['sent from Outlook, and when', 'أرسلت من Outlook خطابًا قبل أسبوع'],
  ['sent from a city', 'مرسل من مدينة أبها\nتم الإرسال من فرع الجمعية بجازان\nأُرسلت من المستشفى'],
  ['sent from the heart', 'Sent from my heart\nSent from my hospital file two weeks ago'],
  ['get, of other things', 'Get Outlook for iOS to open the report, it does not open here.'],
  ['a number below a phone', 'Sent from my mobile 0550000000'],
  [
    'a doctor who wrote on Sunday',
    'يوم الأحد راجعت الطبيب، كتب لي هذه الأدوية:\n- أنسولين\n- ميتفورمين\nولا أستطيع شراءها',
  ],
  [
    'a doctor who wrote last week',
    'في الأسبوع الماضي زرت المستشفى، كتب لي الطبيب الأدوية التالية:\nأنسولين\nميتفورمين',
  ],
  ['a doctor who wrote in a report', 'كتب لي الطبيب في تقريره يوم الأحد أن العلاج المطلوب:\nعملية قلب مفتوح'],
  [
    'a doctor who wrote on Monday',
    'On Monday I was at the hospital and the doctor wrote:\nNeeds surgery urgently.\nPlease help.',
  ],
  ['a doctor who wrote at ten', 'On Monday at 10:30 the doctor wrote:\nNeeds surgery at 12:00.'],
  ['a doctor who wrote on a day', 'في 22/11/2026 كتب الطبيب:\nيحتاج عملية'],
  ['a doctor who wrote at a time', 'في يوم الأحد 22 نوفمبر 2026 الساعة 10:30 صباحا، كتب الطبيب:\nيحتاج عملية'],
  [
    'a prescription',
    'الوصفة بتاريخ 22/11/2026:\nInsulin 10 u x2\nMetformin 500mg 1x3\nRx: ________\nد. سامي، كتب يوم الأحد:\nتُعاد بعد شهر',
  ],
  ['a poem', 'على قدر أهل العزم تأتي العزائم\n...\nوتأتي على قدر الكرام المكارم\n***\nكتب المتنبي:\nالخيل والليل'],
  ['a signature with a phone number', 'أرجو التواصل معي\n\nأحمد محمد الزهراني\nجوال: 0551234567\nجدة'],
  ['a signature under dashes', 'أرجو التواصل معي\n---\nأحمد\n0551234567'],
  ['times of prayer', 'الموعد:\nمن: 10:00\nإلى: 12:30\nيوم الأحد'],
  ['from a city to a city', 'من: الرياض\nإلى: جدة\nأحتاج نقل والدي بالإسعاف'],
  ['from whom to whom', 'From: my heart\nTo: you\nThank you'],
  ['a calendar of work', 'الأحد 08:00 - 12:00:\nعلاج طبيعي\nالاثنين 22/11/2026 10:00:\nأشعة'],
  ['a letter with an address in it', 'بريدي fatima@example.com:\nراسلوني عليه يوم 22\nوشكرًا'],
  ['a letter with a link', 'التقرير هنا:\nhttps://hospital.example/r?id=1\nالرقم السري:\n4471'],
  ['a will', 'كتبت هذه الوصية في يوم الأحد:\nأوصي بثلث مالي للجمعية'],
  ['words of despair below a rule', 'تعبت\n____________________\nلا أريد أن أعيش'],
  ['what is to be quoted', 'قال تعالى: ﴿وتعاونوا على البر والتقوى﴾\nكتب عمر في رسالته:\nالقضاء فريضة محكمة'],
  ['a report by points', 'On examination:\nBP 120/80\nOn 22 Nov 2026:\nHb 9.0'],
  ['a table', 'الاسم | العمر\n------|------\nسعيد | 9\n-------------'],
];

/** Whole where a thread begins; in an answer these are what programs write. */
export const BEGINNING: readonly Ordinary[] = [
  ['a list of signs', '> كرسي متحرك\n> سرير طبي\nوشكرًا'],
  [
    'an official letter with addresses',
    'من: مستشفى <h@hospital.example>\nإلى: الجمعية\nالموضوع: إحالة\n\nالمريض محتاج',
  ],
  ['a memo with a time of day', 'From: Ward 5\nTo: Charity\nDate: 22/11/2026 10:30\nSubject: transfer\n\nPlease come.'],
  [
    'a thread that was copied',
    'On Sun, Nov 22, 2026 at 12:00 PM Hospital <h@hospital.example> wrote:\nThe report is ready.',
  ],
  ['the copied letter of before', '-----Original Message-----\nFrom: Hospital\n\nThe report is ready.'],
  ['a stroke that is no signature', 'الاسم: أحمد\n--\nالحاجة: كرسي متحرك'],
  ['a stroke like half of our own', '-- -- --\nالاسم: أحمد\n-- -- --\nالحاجة: كرسي'],
  [
    'a person who tells in Arabic who wrote',
    'في 22/11/2026، الساعة 12:00، كتب الطبيب <d@hospital.example>:\nيحتاج عملية',
  ],
];

const REPORT = 'التقرير جاهز، والمريض يحتاج عملية.\nلمراجعة القسم: 0112345678';

/** What programs write over a letter that is passed on; the letter below it is the message. */
export const PASSED_ON: readonly Ordinary[] = [
  [
    'Gmail',
    `---------- Forwarded message ---------\nFrom: Hospital <h@hospital.example>\nDate: Sun, Nov 22, 2026 at 12:00 PM\nSubject: التقرير\nTo: <fatima@example.com>\n\n${REPORT}`,
  ],
  [
    'Gmail in Arabic',
    `---------- Forwarded message ---------\nمن: ‪المستشفى‬‏ <‪h@hospital.example‬‏>\nتاريخ: الأحد، 22 نوفمبر 2026 في 12:00 م\nSubject: التقرير\nTo: <fatima@example.com>\n\n${REPORT}`,
  ],
  [
    'Outlook',
    `________________________________\nFrom: Hospital <h@hospital.example>\nSent: Sunday, November 22, 2026 12:00 PM\nTo: Fatima\nSubject: التقرير\n\n${REPORT}`,
  ],
  [
    'Outlook of old',
    `-----Original Message-----\nFrom: Hospital [mailto:h@hospital.example]\nSent: Sunday\nTo: Fatima\nSubject: x\n\n${REPORT}`,
  ],
  [
    'Outlook in Arabic',
    `________________________________\nمن: المستشفى <h@hospital.example>\nتم الإرسال: 22 نوفمبر 2026 12:00\nإلى: فاطمة\nالموضوع: التقرير\n\n${REPORT}`,
  ],
  [
    'Apple Mail',
    `Begin forwarded message:\n\nFrom: Hospital <h@hospital.example>\nSubject: التقرير\nDate: 22 November 2026 at 12:00:00\nTo: Fatima <fatima@example.com>\n\n${REPORT}`,
  ],
  [
    'Apple Mail, with signs',
    `Begin forwarded message:\n\n> From: Hospital <h@hospital.example>\n> Subject: التقرير\n> \n> ${REPORT.replace('\n', '\n> ')}`,
  ],
  [
    'Apple Mail in Arabic',
    `بدء الرسالة المعاد توجيهها:\n\nمن: المستشفى <h@hospital.example>\nالموضوع: التقرير\nالتاريخ: ٢٢ نوفمبر ٢٠٢٦، ١٢:٠٠ م\nإلى: فاطمة\n\n${REPORT}`,
  ],
  [
    'Samsung',
    `-------- Original message --------\nFrom: Hospital <h@hospital.example>\nDate: 22/11/2026 12:00 (GMT+03:00)\nTo: fatima@example.com\nSubject: التقرير\n\n${REPORT}`,
  ],
  [
    'Thunderbird',
    `-------- Forwarded Message --------\nSubject: التقرير\nDate: Sun, 22 Nov 2026 12:00:00 +0300\nFrom: Hospital <h@hospital.example>\nTo: fatima@example.com\n\n${REPORT}`,
  ],
  [
    'Yahoo',
    `----- رسالة معاد توجيهها -----\nمن: المستشفى <h@hospital.example>\nإلى: فاطمة\nتم الإرسال: الأحد ١٢:٠٠\n\n${REPORT}`,
  ],
];
