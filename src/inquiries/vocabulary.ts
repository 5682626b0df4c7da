/** Words that search knows about: those that say nothing, and those of Saudi speech that mean the same as a standard word. */
import { plain, tokens } from '../engine/text/normalise.js';

/** Words without a topic, in Arabic, Saudi speech and English. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  tokens(
    plain(`
    في من إلى على عن مع هذا هذه ذلك تلك هو هي هم انا انت انتم نحن أن إن ان كان كانت يكون تكون قد هل أو او ثم أم لكن بل كل بعض أي اي غير بين حتى إذا اذا لو لا لم لن ما ليس
    الذي التي الذين وهو وهي به بها له لها لهم لي لك لكم لنا عنه عنها منه منها فيه فيها عندي عندكم عندك عنده عندها لدي لديكم لديك هناك هنا أيضا جدا فقط حول قبل
    أريد اريد أرغب أود اود أحتاج احتاج ابي أبي ابغى أبغى ابغا ودي نبي نبغى يبي تبي يمكن ممكن يمكنني استطيع اقدر أقدر نقدر تقدرون لازم
    وش ايش إيش شنو وشو ماذا ماهو ماهي شو كيف كيفية طريقة شلون عشان علشان لأن اللي الي يعني طيب بس مره مرة كذا هذي هذول ذا ذي عليكم السلام
    مرحبا أهلا هلا لو سمحت سمحتم فضلا رجاء شكرا جزيلا الله يعطيك العافية اخوي اختي ياخي معرفة اعرف أعرف سؤال استفسار استفسر اسأل بخصوص خصوص تكفون تكفى
    يا او و ب ل ك ف
    a an the is are am was were be been do does did can could may might will would shall should i me my mine we us our you your he she it its they them their
    to of in on at for from by with about as and or but if so this that these those there here what which who whom how please thanks thank hello hi want
    need like know tell get have has had any some just also not no
  `),
  ),
);

/** Different words of one meaning, the standard one last. */
export const SAME_MEANING: readonly string[] = [
  'وين فين أين',
  'ليش ليه لماذا',
  'امتى متى',
  'قديش بكم كم',
  'فلوس مصاري نقود دراهم مال',
  'تلفون جوال جوالكم موبايل رقم هاتف',
  'دكتور دكتوره طبيب',
  'مستشفيات مستشفى',
  'علاجي علاج',
  'شغل دوام دوامكم وظيفة عمل',
  'لوكيشن موقعكم مكانكم مقركم مقر عنوانكم عنوان',
  'ورق اوراق وثائق مستندات مستند',
  'طلبي طلباتي طلب',
  'مبلغ فلوس مال',
  'يكلف سعر تكلفة رسوم',
  'ينتهي يخلص مدة',
  'phone telephone number call contact',
  'document documents paper papers',
  'where located location address',
  'money cash funds',
  'hours open opening times',
  'doctor physician',
  'donate donation donor give',
  'volunteer volunteering volunteers',
  'cost price fee fees',
  'status progress follow track',
  'apply application request',
];
