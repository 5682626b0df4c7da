// What of a case is hidden until somebody asks to see it, by the type of the answer and its privacy class.
import { describe, expect, it } from 'vitest';
import { maskCase, openCase } from '../../src/staff/masking.js';
import type { CaseDetail, ShownAnswer } from '../../src/conversation/desk-types.js';

const detail = (answer: ShownAnswer) => ({ answers: [answer] }) as CaseDetail;
const shown = (type: string, value: string, privacy: ShownAnswer['class'] = 'personal'): ShownAnswer => ({
  name: type,
  label: { ar: type },
  value,
  class: privacy,
  type,
});

describe('masking', () => {
  it.each([
    ['saudi_id', '1093384756', '•••••756'],
    ['phone', '+966501234567', '•••••567'],
    ['iban', 'SA03 8000 0000 6080 1016 7519', '•••••519'],
    ['email', 'fatima@example.sa', '•••••.sa'],
    ['last_four', '4756', '••••••'],
    ['short_address', 'RRRD2929', '••••••'],
    ['location', '24.71355, 46.67529', '••••••'],
    ['code', '12345678', '••••••'],
  ])('hides %s whatever its class', (type, value, hidden) => {
    expect(maskCase(detail(shown(type, value))).answers[0]).toMatchObject({ value: hidden, masked: true });
    expect(openCase(detail(shown(type, value))).answers[0]).toMatchObject({ value, masked: false });
  });

  it('hides sensitive words, and leaves choices, names and what is public', () => {
    expect(maskCase(detail(shown('text', 'مرض مزمن', 'sensitive'))).answers[0]).toMatchObject({ masked: true });
    for (const open of [
      shown('choice', 'دواء', 'sensitive'),
      shown('name', 'فاطمة'),
      shown('text', 'الرياض'),
      shown('saudi_id', ''),
    ])
      expect(maskCase(detail(open)).answers[0]).toMatchObject({ value: open.value, masked: false });
  });
});
