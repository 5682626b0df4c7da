// The reference work of the benchmarks: twelve turns and the one right reply to each.
const need = 'My mother needs monthly dialysis and we cannot pay for the transport to the hospital three times a week.';

/** The turns of conversation `index`: [what the person sends, what the bot must reply]. */
export function script(index) {
  const id = String(700_000_000 + index);
  const phone = `05${String(10_000_000 + (index % 90_000_000))}`;
  return {
    id,
    turns: [
      ['hello', "Welcome to the Relief Desk. Type 'menu' to see what I can do."],
      ['menu', 'Menu: 1) Ask a question 2) Request aid 3) Check a case 4) Rate us'],
      ['2', 'To open a request we keep your name, ID and phone. Do you agree? (yes/no)'],
      ['yes', 'What is your full name?'],
      ['Sara Ahmed Ali', 'What is your national ID number? (10 digits)'],
      ['1234567890', 'That ID is not valid. Please enter the 10 digits again.'],
      ['1098765439', 'What is your mobile number? (05XXXXXXXX)'],
      [phone, 'Which aid do you need? 1) Food 2) Rent 3) Medical 4) Education'],
      ['3', 'Describe your need in one message.'],
      [need, 'Send one supporting document.'],
      [
        'attachment:doc-4417.pdf',
        `Review - Name: Sara Ahmed Ali; ID: ******5439; Phone: ${phone}; Aid: Medical; Need: My mother ... a week.; Document: doc-4417.pdf. Confirm? (yes/no)`,
      ],
      ['yes', `Your case number is AR-${fnv(id)}. Staff will contact you.`],
    ],
  };
}

/** FNV-1a modulo a million, six digits. */
export function fnv(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return String(hash % 1_000_000).padStart(6, '0');
}

/** A store of JSON texts as every peer gets it. */
export function jsonStore() {
  const texts = new Map();
  return {
    texts,
    get: (key) => texts.get(key),
    set: (key, text) => void texts.set(key, text),
    del: (key) => void texts.delete(key),
  };
}

/** Two interleaved conversations, twice: every reply as written. Throws at the first that differs. */
export async function verify(bot) {
  for (let round = 0; round < 2; round++) {
    const [a, b] = [script(1), script(2)];
    for (let turn = 0; turn < a.turns.length; turn++) {
      for (const { id, turns } of [a, b]) {
        const replies = await bot.turn(id, turns[turn][0]);
        if (replies.length !== 1 || replies[0] !== turns[turn][1]) {
          throw new Error(`turn ${turn + 1}: wanted ${JSON.stringify(turns[turn][1])}, got ${JSON.stringify(replies)}`);
        }
      }
    }
  }
}
