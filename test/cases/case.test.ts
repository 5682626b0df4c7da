// A case by given, when, then: what happened, what is asked, what follows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decide,
  evolve,
  isDecision,
  isStatus,
  notBefore,
  replay,
  TRANSITIONS,
  type CaseCommand,
  type CaseEvent,
  type CaseStatus,
  type Filed,
} from '../../src/cases/case.js';

const AT = Date.UTC(2026, 2, 1);
const BY = 'staff-1';
const filed: Filed = {
  kind: 'aid-request',
  run: 'run-1',
  flow: 'aid-request',
  language: 'ar',
  shown: [{ name: 'kind', label: { ar: 'النوع' }, value: 'دواء', class: 'sensitive', type: 'choice' }],
  files: [],
};
const opened: CaseEvent = { type: 'opened', at: AT - 1000, by: 'system', filed };
const moved = (from: CaseStatus, to: CaseStatus): CaseEvent => ({
  type: 'status_changed',
  at: AT - 500,
  by: BY,
  from,
  to,
});

function given(...events: CaseEvent[]) {
  const state = replay(events);
  return { when: (command: CaseCommand) => decide(command, state, AT, BY) };
}

describe('a case', () => {
  it('opens with what was filed, once', () => {
    expect(given().when({ do: 'open', filed })).toEqual([{ type: 'opened', at: AT, by: BY, filed }]);
    expect(given(opened).when({ do: 'open', filed })).toBe('exists');
  });

  it('does nothing before it is open', () => {
    expect(given().when({ do: 'add_note', text: 'x' })).toBe('not_open');
    expect(() => evolve(null, moved('submitted', 'committee'))).toThrow('before opened');
  });

  it('changes its status along the allowed ways, with note and reason', () => {
    const then = given(opened, moved('submitted', 'committee')).when({
      do: 'change_status',
      to: 'declined',
      note: ' ',
      reason: 'نقص',
    });
    expect(then).toEqual([
      { type: 'status_changed', at: AT, by: BY, from: 'committee', to: 'declined', reason: 'نقص' },
    ]);
    expect(given(opened).when({ do: 'change_status', to: 'in_service' })).toBe('not_allowed');
    expect(given(opened).when({ do: 'change_status', to: 'submitted' })).toBe('unchanged');
  });

  it('can be reopened after a refusal, which is how an appeal is heard', () => {
    const then = given(opened, moved('submitted', 'committee'), moved('committee', 'declined')).when({
      do: 'change_status',
      to: 'under_research',
    });
    expect(then).toHaveLength(1);
  });

  it('keeps notes, assignment and messages', () => {
    expect(given(opened).when({ do: 'add_note', text: 'اتصلنا' })).toEqual([
      { type: 'note_added', at: AT, by: BY, text: 'اتصلنا' },
    ]);
    expect(given(opened).when({ do: 'add_note', text: '  ' })).toBe('empty');
    expect(given(opened).when({ do: 'assign', assignee: 's2' })).toEqual([
      { type: 'assigned', at: AT, by: BY, assignee: 's2' },
    ]);
    expect(given(opened).when({ do: 'assign', assignee: null })).toBe('unchanged');
    const message: CaseCommand = { do: 'send_message', text: 'نحتاج التقرير', clientId: 'c1' };
    const sent = given(opened).when(message) as CaseEvent[];
    expect(given(opened, ...sent).when(message)).toBe('unchanged');
  });

  it('names the earliest date of a decision and does not bar an earlier one', () => {
    expect(notBefore(AT, 14)).toBe(AT + 14 * 24 * 3600 * 1000);
    expect(given(opened, moved('submitted', 'committee')).when({ do: 'change_status', to: 'approved' })).toHaveLength(
      1,
    );
  });

  it('reaches every status from the first, and a decision is never the first step', () => {
    const seen = new Set<CaseStatus>(['submitted']);
    for (const status of seen) for (const to of TRANSITIONS[status]) seen.add(to);
    expect([...seen].sort()).toEqual(Object.keys(TRANSITIONS).sort());
    expect(TRANSITIONS.submitted.some(isDecision)).toBe(false);
    expect(isStatus('toString')).toBe(false);
    expect(isStatus('committee')).toBe(true);
  });

  it('counts one version an event, whatever is commanded', () => {
    const command: fc.Arbitrary<CaseCommand> = fc.oneof(
      fc
        .constantFrom(...(Object.keys(TRANSITIONS) as CaseStatus[]))
        .map((to) => ({ do: 'change_status' as const, to })),
      fc.string().map((text) => ({ do: 'add_note' as const, text })),
      fc.option(fc.constantFrom('a', 'b')).map((assignee) => ({ do: 'assign' as const, assignee })),
      fc
        .tuple(fc.string(), fc.constantFrom('1', '2'))
        .map(([text, clientId]) => ({ do: 'send_message' as const, text, clientId })),
    );
    fc.assert(
      fc.property(fc.array(command), (commands) => {
        const events: CaseEvent[] = [opened];
        for (const each of commands) {
          const then = decide(each, replay(events), AT, BY);
          if (typeof then !== 'string') events.push(...then);
        }
        const state = replay(events);
        expect(state?.version).toBe(events.length);
        expect(new Set(state?.sent).size).toBe(state?.sent.length);
        const ways = events.flatMap((event) => (event.type === 'status_changed' ? [event] : []));
        for (const [i, way] of ways.entries()) {
          expect(way.from).toBe(i === 0 ? 'submitted' : ways[i - 1]!.to);
          expect(TRANSITIONS[way.from]).toContain(way.to);
        }
      }),
    );
  });
});
