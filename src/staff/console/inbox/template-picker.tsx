// Chooses an approved template, fills it, shows it as the person will read it, and sends it.
import { ActionIcon, Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { newClientId, post } from '../api/client.js';
import type { ConversationDetail, TemplateOffer } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { useAct } from '../parts/use-act.js';
import { useNow } from '../state/now.js';
import { useWords } from '../words/language.js';
import css from './template-picker.module.css';

interface Props {
  conversation: ConversationDetail;
  reload: () => void;
}

/** Most letters of one parameter, as the desk takes it. */
const MOST_PARAMETER = 300;

export function TemplatePicker({ conversation, reload }: Props) {
  const { say } = useWords();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const { templates, replyUntil } = conversation;
  if (templates.length === 0 || conversation.rest !== null) return null;
  const closed = replyUntil !== null && replyUntil <= now;
  const show = () => setOpen(true);
  return (
    <>
      {closed ? (
        <Button fullWidth variant="light" leftSection={<IconFileText size={18} aria-hidden />} onClick={show}>
          {say('console.template.choose')}
        </Button>
      ) : (
        <ActionIcon
          size={42}
          radius="md"
          variant="default"
          aria-label={say('console.template.choose')}
          title={say('console.template.choose')}
          onClick={show}
        >
          <IconFileText size={20} aria-hidden />
        </ActionIcon>
      )}
      <Dialog opened={open} close={() => setOpen(false)} title="console.template.title">
        <Choose conversation={conversation} reload={reload} close={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Choose({ conversation, reload, close }: Props & { close: () => void }) {
  const { say, language } = useWords();
  const { templates } = conversation;
  const [id, setId] = useState(templates[0]?.id ?? '');
  const template = templates.find((one) => one.id === id);
  return (
    <Stack>
      {templates.length > 1 && (
        <Radio.Group value={id} onChange={setId} label={say('console.template.which')}>
          <Stack gap={6} pt={6}>
            {templates.map((one) => (
              <Radio key={one.id} value={one.id} label={<bdi>{one.title[language] ?? one.id}</bdi>} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {template && (
        <Fill key={template.id} template={template} conversation={conversation} reload={reload} close={close} />
      )}
    </Stack>
  );
}

function Fill({ template, conversation, reload, close }: Props & { template: TemplateOffer; close: () => void }) {
  const { say, language } = useWords();
  const [values, setValues] = useState(template.parameters.map(({ value }) => value));
  const { busy, act } = useAct();
  const clientId = useRef(newClientId());
  const empty = values.some((value) => value.trim() === '');
  const send = async () => {
    const body = { template: template.id, parameters: values, clientId: clientId.current };
    const done = await act(() => post(`/conversations/${conversation.id}/template`, body));
    if (!done) return;
    close();
    reload();
  };
  const write = (at: number, value: string) => {
    clientId.current = newClientId();
    setValues(values.map((one, index) => (index === at ? value : one)));
  };
  return (
    <Stack>
      {template.parameters.map((parameter, index) => (
        <TextInput
          key={parameter.label['ar']}
          label={parameter.label[language] ?? ''}
          value={values[index] ?? ''}
          maxLength={MOST_PARAMETER}
          {...(values[index] !== '' && { dir: 'auto' })}
          onChange={(event) => write(index, event.currentTarget.value)}
        />
      ))}
      <div>
        <p className={css['about']}>{say('console.template.preview')}</p>
        <Preview text={template.text} values={values} />
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {say('console.cancel')}
        </Button>
        <Button disabled={empty} loading={busy} onClick={() => void send()}>
          {say('console.template.send')}
        </Button>
      </Group>
    </Stack>
  );
}

/** A parameter that is still empty stands as a gap. */
function Preview({ text, values }: { text: string; values: readonly string[] }) {
  return (
    <div className={css['preview']} dir="auto">
      {text.split(/(\{\{\d+\}\})/).map((part, index) => {
        const number = /^\{\{(\d+)\}\}$/.exec(part)?.[1];
        if (number === undefined) return part;
        const value = values[Number(number) - 1]?.trim() ?? '';
        return (
          <mark key={index} className={css['value']} data-empty={value === ''}>
            <bdi>{value === '' ? '…' : value}</bdi>
          </mark>
        );
      })}
    </div>
  );
}
