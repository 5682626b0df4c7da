// What must hold of every answer to a stranger, whatever was asked.
import { expect } from 'vitest';
import type { Answer } from './real-app.js';

/** No fault of ours, no stack, no path, nothing of the software's insides; errors are a code and at most one fixed sentence. */
export function expectSound(answer: Answer, what: string): void {
  expect(answer.status, what).toBeLessThan(500);
  expect(answer.text, what).not.toMatch(/\n\s+at |node_modules|\.ts:\d|\.js:\d|SQLITE|ZodError|TypeError|\/tmp\//);
  expect(answer.headers.get('x-powered-by'), what).toBeNull();
  expect(answer.headers.get('x-content-type-options'), what).toBe('nosniff');
  expect(answer.headers.get('content-security-policy'), what).not.toBeNull();
  expect(answer.headers.get('referrer-policy'), what).toBe('no-referrer');
  if (answer.status >= 400) {
    const { error } = answer.body as { error: { code: string; message?: string } };
    expect(error.code, what).toMatch(/^[A-Za-z_]{3,40}$/);
    expect(
      Object.keys(error).filter((key) => key !== 'code' && key !== 'message'),
      what,
    ).toEqual([]);
  }
}
