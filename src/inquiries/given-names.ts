/** Given names that are hardly ever other words: masked wherever they stand in a question that is kept. */
import { words } from './terms.js';

const LIST = `
محمد احمد محمود عبدالله عبدالرحمن عبدالعزيز عبدالملك عبدالرحيم عبدالكريم عبدالمجيد عبدالاله عبداللطيف عبدالسلام خالد فهد سعود سلمان تركي
بندر نايف نواف مشعل مشاري متعب سلطان عبدالمحسن ناصر منصور يوسف ابراهيم اسماعيل اسحاق يعقوب موسى عيسى هارون داود سليمان زكريا يحيى ايوب
حسن حسين عمر عثمان طلال طارق زياد ماجد وليد سامي رامي هشام عصام حسام باسم جاسم قاسم كاظم جعفر حيدر عباس رضوان مروان عدنان غسان نعمان لقمان
فاطمه عائشه خديجه مريم زينب رقيه حفصه اسماء ساره هاجر نوره منيره لطيفه موضي هيا العنود الجوهره مها ريم رهف لمى لمياء غاده خلود
وفاء سميره سلوى نجلاء هيفاء شيماء اسراء هند ليلى سلمى بشرى يسرى رنا دانه جواهر مشاعل ابتسام افنان بشاير شهد لجين جود
العتيبي القحطاني الغامدي الزهراني الشهري الحربي المطيري الدوسري العنزي الشمري السبيعي البقمي المالكي الاحمدي الجهني البلوي الرشيدي الشهراني الاسمري العسيري
mohammed mohamed muhammad ahmed abdullah abdulrahman abdulaziz khalid fahad saud salman turki faisal nasser yousef ibrahim hassan hussein omar
fatima aisha khadija maryam zainab sara noura hessa reem hind layla
`;

export const GIVEN_NAMES: ReadonlySet<string> = new Set(words(LIST));

/** Given names that are words of questions too ("on", "a share", "a prayer", "a verse"): masked only where names stand around them. */
export const DOUBTFUL_NAMES: ReadonlySet<string> = new Set(words('علي حصه دعاء ايه'));
