// The template language.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTemplate, render, TemplateError, variables } from '../../../src/engine/text/template.js';

function show(source: string, values: Record<string, string> = {}, language = 'en'): string {
  return render(compileTemplate(source), (path) => (Object.hasOwn(values, path) ? values[path] : undefined), language);
}

describe('values', () => {
  test.each([
    ['no value', 'Hello.', {}, 'Hello.'],
    ['a name', 'Hello {name}.', { name: 'Sara' }, 'Hello Sara.'],
    ['spaces inside', '{ name | mask }', { name: '1098765439' }, '******5439'],
    ['a dotted path', '{charity.name}', { 'charity.name': 'Qutoof' }, 'Qutoof'],
    ['a path of an each-step', '{papers_id-copy}', { 'papers_id-copy': 'x' }, 'x'],
    ['an unknown value is empty', 'a{nobody}b', {}, 'ab'],
    ['a brace', '{{name} and }', { name: 'x' }, '{name} and }'],
    ['a double brace', '{{{name}', { name: 'x' }, '{x'],
    [
      'shorten',
      '{need|shorten}',
      {
        need: 'My mother needs monthly dialysis and we cannot pay for the transport to the hospital three times a week.',
      },
      'My mother ... a week.',
    ],
    ['# outside of a plural', 'No. # 5', {}, 'No. # 5'],
  ])('%s', (_name, source, values, expected) => expect(show(source, values)).toBe(expected));

  test('a getter that filters itself is not filtered again', () => {
    const seen: unknown[] = [];
    const text = render(
      compileTemplate('{id|mask|shorten}'),
      (path, filters) => {
        seen.push(path, filters);
        return { shown: '1098765439' };
      },
      'en',
    );
    expect(text).toBe('1098765439');
    expect(seen).toEqual(['id', ['mask', 'shorten']]);
  });

  test('a value is never read as a template', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (value) => {
        expect(show('{value}', { value, secret: 'S' })).toBe(value);
      }),
    );
    expect(show('{value}', { value: '{secret}{{', secret: 'S' })).toBe('{secret}{{');
  });

  test('names like __proto__ and toString are only names', () => {
    expect(show('{toString}{__proto__}{constructor}')).toBe('');
  });
});

describe('direction', () => {
  test.each([
    ['English in English stays as it is', 'Hello {v}.', 'Sara', 'en', 'Hello Sara.'],
    ['Arabic in Arabic stays as it is', 'أهلًا {v}.', 'سارة', 'ar', 'أهلًا سارة.'],
    ['Arabic in English is isolated', 'Hello {v}.', 'سارة', 'en', 'Hello \u2068سارة\u2069.'],
    ['English in Arabic is isolated', 'أهلًا {v}.', 'Sara', 'ar', 'أهلًا \u2068Sara\u2069.'],
    ['plain digits need nothing', 'العدد {v}.', '15', 'ar', 'العدد 15.'],
    [
      'grouped digits in Arabic are isolated',
      'رقم {v}.',
      '7304-8815-2096-9',
      'ar',
      'رقم \u20687304-8815-2096-9\u2069.',
    ],
    ['a masked number too', 'رقم {v}.', '******5439', 'ar', 'رقم \u2068******5439\u2069.'],
    ['grouped digits in English stay', 'No. {v}.', '7304-8815-2096-9', 'en', 'No. 7304-8815-2096-9.'],
    ['a value cannot end its isolate', 'أهلًا {v}.', 'Sara\u2069\u202e', 'ar', 'أهلًا \u2068Sara\u2069.'],
    ['nor bring controls without one', 'Hello {v}.', 'Sara\u202e', 'en', 'Hello Sara.'],
  ])('%s', (_name, source, v, language, expected) => expect(show(source, { v }, language)).toBe(expected));
});

describe('plurals', () => {
  const DAYS = '{n, plural, zero {لا أيام} one {يوم واحد} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}';
  test.each([
    ['0', 'لا أيام'],
    ['1', 'يوم واحد'],
    ['2', 'يومان'],
    ['3', '3 أيام'],
    ['10', '10 أيام'],
    ['11', '11 يومًا'],
    ['99', '99 يومًا'],
    ['100', '100 يوم'],
    ['103', '103 أيام'],
    ['1000', '1000 يوم'],
    ['1.5', '1.5 يوم'],
    ['كثير', 'كثير يوم'],
    ['', ' يوم'],
  ])('Arabic %s → %s', (n, expected) => {
    expect(show(DAYS, { n }, 'ar')).toBe(expected);
  });

  test.each([
    ['a missing form falls back to other', '{n, plural, one {# day} other {# days}}', { n: '0' }, '0 days'],
    ['an exact number wins', '{n, plural, =0 {none} one {one} other {#}}', { n: '0' }, 'none'],
    [
      'values and plurals inside',
      '{n, plural, other {{name} has {m, plural, one {# child} other {# children}}}}',
      { n: '2', name: 'Sara', m: '1' },
      'Sara has 1 child',
    ],
    ['spread over lines', '{n, plural,\n  one {# day}\n  other {# days}\n}', { n: '5' }, '5 days'],
  ])('%s', (_name, source, values, expected) => {
    expect(show(source.replace('{{name}', '{ {name}'), values).trim()).toBe(expected);
  });
});

describe('faults', () => {
  test.each([
    ['a { that is never closed', 'abc {name', 4],
    ['nothing between braces', 'a {} b', 3],
    ['a name with a space', '{first name}', 0],
    ['an unknown filter', '{name|shout}', 6],
    ['a filter missing', '{name|}', 6],
    ['another function', '{n, select, other {x}}', 0],
    ['an unknown plural form', '{n, plural, three {x} other {y}}', 12],
    ['a form twice', '{n, plural, one {x} one {y} other {z}}', 20],
    ['no form other', 'ab {n, plural, one {x}}', 3],
    ['a branch without braces', '{n, plural, other x}', 18],
    ['a branch that is never closed', '{n, plural, other {x}', 0],
  ])('%s', (_name, source, offset) => {
    const error = faultOf(source);
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ offset });
  });

  test('any text either compiles or is refused with an offset inside it', () => {
    const unit = fc.constantFrom('{', '}', '|', ',', 'plural', 'n', ' ', '#', 'other', 'one', 'mask', 'س', '=1');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (source) => {
        const error = faultOf(source);
        if (error === undefined) return;
        expect(error).toBeInstanceOf(TemplateError);
        expect((error as TemplateError).offset).toBeLessThanOrEqual(source.length);
      }),
      { numRuns: 2000 },
    );
  });

  function faultOf(source: string): unknown {
    try {
      compileTemplate(source);
      return undefined;
    } catch (error) {
      return error;
    }
  }
});

test('variables lists every value with its filters, those of plurals too', () => {
  const template = compileTemplate(
    '{a} {b|mask} {n, plural, one {{c|shorten} x} other { {d} }}'.replace('{{c', '{ {c'),
  );
  expect(variables(template)).toEqual(
    [
      { name: 'a', filters: [] },
      { name: 'b', filters: ['mask'] },
      { name: 'n', filters: [] },
      { name: 'd', filters: [] },
      { name: 'c', filters: ['shorten'] },
    ].sort((x, y) => 'abncd'.indexOf(x.name) - 'abncd'.indexOf(y.name)),
  );
});
