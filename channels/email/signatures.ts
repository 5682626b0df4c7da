// Signatures: what stands under "-- ", and what a phone or a program adds by itself.
import { bare, hasWords, withoutMarks } from './lines.js';

/** A signature has few lines; what is longer is a letter that goes on behind a stroke. */
const FEW = 6;

/** `isAnswer`: "--" without its blank counts too, as some programs send it. Where nothing stands above, all stays. */
export function withoutSignature(lines: readonly string[], isAnswer: boolean): string[] {
  const at = lines.findIndex(
    (line, index) => index > 0 && (isStroke(line) || (isAnswer && isBareStroke(lines, index))),
  );
  const above = at < 0 ? lines : lines.slice(0, at);
  return above.some(hasWords) ? [...above] : [...lines];
}

/** RFC 3676, 4.3. */
const isStroke = (line: string): boolean => /^--[ \u00A0]$/.test(withoutMarks(line.slice(0, 20)));

function isBareStroke(lines: readonly string[], at: number): boolean {
  return bare(lines[at]) === '--' && lines.slice(at + 1, at + 2 + 4 * FEW).filter(hasWords).length <= FEW;
}

/** Without the last lines that a phone or a program wrote. */
export function withoutDevice(lines: readonly string[]): string[] {
  const kept = [...lines];
  while (kept.length > 0 && (bare(kept.at(-1)) === '' || isDevice(kept.at(-1) ?? ''))) kept.pop();
  return kept;
}

/** "Sent from my iPhone": of such words alone, for «أرسلت من …» and "sent from my …" begin what people write as well. */
function isDevice(line: string): boolean {
  const plain = bare(line)
    .slice(0, 160)
    .replace(/[(<]?https?:[^\s)>]*[)>]?/g, ' ')
    .replace(/[\u064B-\u0652\u0640]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .toLowerCase();
  const said = SENT.exec(plain)?.[0];
  if (said === undefined) return false;
  const words = plain
    .slice(said.length)
    .split(/[\s,.،()]+/)
    .filter((word) => word !== '');
  return (
    words.some((word) => DEVICES.has(word)) &&
    words.every((word) => DEVICES.has(word) || AROUND.has(word) || MODEL.test(word))
  );
}

const SENT =
  /^(sent (from|via|using|with|by)|get|(ارسلت|ارسل|ارسلها|مرسل|مرسلة|تم الارسال|تم ارساله|تم ارسالها) (من|عبر|بواسطة|باستخدام)|(الحصول|احصل) على)\s/;
const DEVICES = new Set(
  `iphone ipad ipod mac macbook android samsung galaxy huawei honor xiaomi redmi poco oppo vivo nokia pixel sony lg motorola oneplus realme phone
  smartphone mobile tablet blackberry outlook yahoo gmail mail proton icloud hotmail هاتفي هاتف جوالي جوال الجوال الهاتف جهازي جهاز ايفون الايفون
  ايباد الايباد جالكسي جالاكسي سامسونج سامسونغ هواوي بريد بريدي بلاكبيري`.split(/\s+/),
);
const AROUND = new Set(
  `my the a an for on via from with app ios windows mobile device lite pro max plus ultra mini note fold flip secure email e-mail at&t 5g 4g lte
  الخاص بي بى الذكي المحمول ال ل على لنظام نظام تشغيل تطبيق اندرويد ويندوز`.split(/\s+/),
);
/** "S23", "14". */
const MODEL = /^[a-z]{0,3}\d{1,3}[a-z]{0,2}$/;
