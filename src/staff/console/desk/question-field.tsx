// The field that fits the waiting question; what it takes is read by the flow itself.
import { Button, Checkbox, Group, Radio, Stack, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import type { FormState } from '../api/types.js';
import { useSay } from '../words/language.js';
import { DayField, dayOf, dayWords, emptyDay } from './day-field.js';
import { PaperField } from './paper-field.js';

export type Question = NonNullable<NonNullable<FormState['view']>['question']>;
type Option = Question['options'][number];

export interface Given {
  text?: string;
  choice?: string;
  files?: string[];
}

interface Props {
  entry: string;
  /** Null: the flow asked something in between; only what it offers can be chosen. */
  question: Question | null;
  offered: readonly Option[];
  busy: boolean;
  answer: (given: Given) => Promise<unknown>;
}

interface FieldProps {
  question: Question;
  busy: boolean;
  answer: (given: Given) => Promise<unknown>;
}

export function QuestionField({ entry, question, offered, busy, answer }: Props) {
  if (question === null) return <Offered options={offered} busy={busy} answer={answer} />;
  const props = { question, busy, answer };
  if (question.kind === 'consent' || question.kind === 'declaration') return <Agreed {...props} />;
  if (question.kind === 'review') return <Offered options={reviewed(question)} busy={busy} answer={answer} />;
  if (question.type === 'choices') return <Several {...props} />;
  if (question.options.length > 0) return <One {...props} />;
  if (question.type === 'file') return <PaperField entry={entry} {...props} />;
  if (question.type === 'date') return <Day {...props} />;
  return <Typed {...props} />;
}

/** An answer is corrected with its pen, so "correct one" is no choice here. */
function reviewed({ options }: Question): Option[] {
  return options.filter(({ id }) => !id.endsWith('/edit'));
}

function Offered({ options, busy, answer }: { options: readonly Option[] } & Omit<FieldProps, 'question'>) {
  return (
    <Group>
      {options.map(({ id, label }, i) => (
        <Button
          key={id}
          variant={i === 0 ? 'filled' : 'default'}
          loading={busy && i === 0}
          disabled={busy}
          onClick={() => void answer({ choice: id })}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}

/** The person heard the words and agreed: staff say so with a tick, and the flow's own yes is recorded under their name. */
function Agreed({ question, busy, answer }: FieldProps) {
  const say = useSay();
  const [heard, setHeard] = useState(false);
  const [yes, ...others] = question.options;
  const signs = question.signs;
  return (
    <Stack>
      <Checkbox
        checked={heard}
        onChange={(event) => setHeard(event.currentTarget.checked)}
        label={signs === null ? say('console.desk.agreed') : say('console.desk.signed', { name: signs })}
      />
      <Group>
        <Button
          loading={busy}
          disabled={!heard}
          onClick={() => void answer(signs === null ? { choice: yes?.id ?? '' } : { text: signs })}
        >
          {say(signs === null ? 'console.desk.agreed.go' : 'console.desk.signed.go')}
        </Button>
        {others.map(({ id, label }) => (
          <Button key={id} variant="default" disabled={busy} onClick={() => void answer({ choice: id })}>
            {label}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

function One({ question, busy, answer }: FieldProps) {
  const [chosen, setChosen] = useState('');
  return (
    <Form question={question} busy={busy} ready={chosen !== ''} answer={answer} give={() => ({ choice: chosen })}>
      <Radio.Group aria-label={question.ask} value={chosen} onChange={setChosen}>
        <Stack gap={9}>
          {question.options.map(({ id, label, hint }) => (
            <Radio key={id} value={id} label={<bdi dir="auto">{label}</bdi>} description={hint} />
          ))}
        </Stack>
      </Radio.Group>
    </Form>
  );
}

/** Places in the list are said, which no wording can confuse. */
function Several({ question, busy, answer }: FieldProps) {
  const [chosen, setChosen] = useState<string[]>([]);
  const places = () => question.options.flatMap(({ id }, i) => (chosen.includes(id) ? [i + 1] : [])).join(', ');
  return (
    <Form question={question} busy={busy} ready={chosen.length > 0} answer={answer} give={() => ({ text: places() })}>
      <Checkbox.Group aria-label={question.ask} value={chosen} onChange={setChosen}>
        <Stack gap={9}>
          {question.options.map(({ id, label, hint }) => (
            <Checkbox key={id} value={id} label={<bdi dir="auto">{label}</bdi>} description={hint} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Form>
  );
}

function Day({ question, busy, answer }: FieldProps) {
  const say = useSay();
  const [day, setDay] = useState(emptyDay);
  return (
    <Form
      question={question}
      busy={busy}
      ready={dayOf(day) !== null}
      answer={answer}
      give={() => ({ text: dayWords(day) })}
    >
      <DayField label={say('console.desk.answer_field')} value={day} change={setDay} />
    </Form>
  );
}

type Mode = 'numeric' | 'decimal' | 'tel' | 'email' | 'text';
const modes: Readonly<Record<string, Mode>> = {
  number: 'numeric',
  money: 'decimal',
  saudi_id: 'numeric',
  last_four: 'numeric',
  case_number: 'numeric',
  code: 'numeric',
  rating: 'numeric',
  phone: 'tel',
  email: 'email',
};
/** Written from left to right whatever the screen's language. */
const latin: ReadonlySet<string> = new Set([...Object.keys(modes), 'iban', 'short_address']);

function Typed({ question, busy, answer }: FieldProps) {
  const say = useSay();
  const [text, setText] = useState('');
  const props = {
    'aria-label': question.ask,
    placeholder: say('console.desk.answer_field'),
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value),
    dir: latin.has(question.type) ? 'ltr' : 'auto',
    autoComplete: 'off',
    'data-autofocus': true,
    autoFocus: true,
  } as const;
  return (
    <Form question={question} busy={busy} ready={text.trim() !== ''} answer={answer} give={() => ({ text })}>
      {question.type === 'text' ? (
        <Textarea {...props} autosize minRows={2} maxRows={10} />
      ) : (
        <TextInput {...props} inputMode={modes[question.type] ?? 'text'} />
      )}
    </Form>
  );
}

interface FormProps extends FieldProps {
  ready: boolean;
  give: () => Given;
  children: React.ReactNode;
}

/** A field with its button; what may be passed over has another. */
function Form({ question, busy, ready, answer, give, children }: FormProps) {
  const say = useSay();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (ready && !busy) void answer(give());
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {children}
        <Group>
          <Button type="submit" loading={busy} disabled={!ready}>
            {say('console.desk.next_question')}
          </Button>
          <Skip question={question} busy={busy} answer={answer} />
        </Group>
      </Stack>
    </form>
  );
}

export function Skip({ question, busy, answer }: FieldProps) {
  const say = useSay();
  const { skip } = question;
  if (skip === null) return null;
  return (
    <Button variant="default" disabled={busy} onClick={() => void answer({ choice: skip })}>
      {say('console.desk.skip')}
    </Button>
  );
}
