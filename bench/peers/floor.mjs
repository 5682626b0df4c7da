// The floor: the reference work as a hand-written switch, no engine at all.
import { fnv } from '../work.mjs';

export const info = { peer: 'hand-written switch', note: 'the floor: no engine' };

const aids = ['Food', 'Rent', 'Medical', 'Education'];

export function create({ store }) {
  return {
    start() {},
    turn(id, said) {
      const text = store.get(id);
      const state = text ? JSON.parse(text) : { at: 0 };
      const reply = next(id, state, said);
      if (state.at < 0) store.del(id);
      else store.set(id, JSON.stringify(state));
      return [reply];
    },
    close() {},
  };
}

function next(id, state, said) {
  switch (state.at) {
    case 0:
      state.at = 1;
      return "Welcome to the Relief Desk. Type 'menu' to see what I can do.";
    case 1:
      if (said !== 'menu') return "Please type 'menu'.";
      state.at = 2;
      return 'Menu: 1) Ask a question 2) Request aid 3) Check a case 4) Rate us';
    case 2:
      if (said !== '2') return 'Please type 2.';
      state.at = 3;
      return 'To open a request we keep your name, ID and phone. Do you agree? (yes/no)';
    case 3:
      if (said !== 'yes') return 'Please answer yes or no.';
      state.at = 4;
      return 'What is your full name?';
    case 4:
      if (said.split(' ').length < 2 || said.length > 80) return 'Please write your full name.';
      state.name = said;
      state.at = 5;
      return 'What is your national ID number? (10 digits)';
    case 5:
      if (!/^[12]\d{9}$/.test(said) || !luhn(said)) return 'That ID is not valid. Please enter the 10 digits again.';
      state.id = said;
      state.at = 6;
      return 'What is your mobile number? (05XXXXXXXX)';
    case 6:
      if (!/^05\d{8}$/.test(said)) return 'Please enter it as 05XXXXXXXX.';
      state.phone = said;
      state.at = 7;
      return 'Which aid do you need? 1) Food 2) Rent 3) Medical 4) Education';
    case 7:
      if (!/^[1-4]$/.test(said)) return 'Please choose 1, 2, 3 or 4.';
      state.aid = aids[Number(said) - 1];
      state.at = 8;
      return 'Describe your need in one message.';
    case 8:
      if (said.length < 10 || said.length > 1000) return 'Please describe your need.';
      state.need = said;
      state.at = 9;
      return 'Send one supporting document.';
    case 9: {
      if (!said.startsWith('attachment:')) return 'Please attach a document.';
      const words = state.need.split(' ');
      const need = `${words[0]} ${words[1]} ... ${words.at(-2)} ${words.at(-1)}`;
      state.at = 10;
      return `Review - Name: ${state.name}; ID: ******${state.id.slice(-4)}; Phone: ${state.phone}; Aid: ${state.aid}; Need: ${need}; Document: ${said.slice(11)}. Confirm? (yes/no)`;
    }
    default:
      if (said !== 'yes') return 'Please answer yes or no.';
      state.at = -1;
      return `Your case number is AR-${fnv(id)}. Staff will contact you.`;
  }
}

function luhn(digits) {
  let sum = 0;
  for (let index = 0; index < 10; index++) {
    const digit = Number(digits[index]) * (index % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
