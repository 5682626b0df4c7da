/** What a failing transcript prints. */
import { describe, expect, it } from 'vitest';
import { chatDiff } from '../support/chat-diff.js';

const chat =
  '# charity: a\n\n> hello\n< Welcome.\n  [Aid] [Staff]\n\n> [Aid]\n< What is your name?\n\n~ 20h\n< Saved.\n';

describe('the difference of two transcripts', () => {
  it('is nothing when they read alike', () => {
    expect(chatDiff(chat, chat)).toBe('');
  });

  it('names the line of the person before it, what is gone and what came', () => {
    expect(chatDiff(chat, chat.replace('What is your name?', 'What is your full name?'))).toBe(
      'After line 7:  > [Aid]\n  - < What is your name?\n  + < What is your full name?\n',
    );
  });

  it('tells several apart, and what is only more or less', () => {
    const now = chat.replace('  [Aid] [Staff]\n', '').replace('< Saved.', '! handoff asked\n< Saved.');
    expect(chatDiff(chat, now)).toBe(
      'After line 3:  > hello\n  -   [Aid] [Staff]\n\nAfter line 10:  ~ 20h\n  + ! handoff asked\n',
    );
  });

  it('stays short when everything changed', () => {
    const long = Array.from({ length: 500 }, (_, n) => `< line ${n}`).join('\n');
    expect(chatDiff(long, 'nothing').split('\n').length).toBeLessThan(25);
  });
});
