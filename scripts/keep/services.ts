/** Asks the services that are set up whether they take our credentials; what time it is there comes with the answer. */
import type { Config } from '../../src/config.js';
import { lookAtRedis } from '../../src/queue/bullmq/finding.js';
import { Line } from '../../src/queue/bullmq/line.js';
import { createMail } from '../../src/staff/notices/mail.js';
import { finding, type Finding } from '../../src/upkeep/doctor/finding.js';
import type { TimeElsewhere } from './machine.js';

/** Milliseconds that an answer is waited for. */
const PATIENCE = 10_000;

interface Asked {
  finding: Finding;
  time?: TimeElsewhere;
}

export async function askServices({ telegram, whatsapp, notices, scaleOut }: Config): Promise<Asked[]> {
  const asked: Promise<Asked | Asked[]>[] = [];
  if (telegram) {
    const { TELEGRAM_API_URL: url = '', TELEGRAM_BOT_TOKEN: token = '' } = telegram;
    asked.push(ask('Telegram', `${url}/bot${token}/getMe`));
  }
  if (whatsapp) {
    const { WHATSAPP_API_URL: url = '', WHATSAPP_PHONE_NUMBER_ID: ids = '', WHATSAPP_TOKEN: token = '' } = whatsapp;
    const headers = { authorization: `Bearer ${token}` };
    for (const id of ids.split(',')) asked.push(ask('WhatsApp', `${url}/${id.trim()}?fields=id`, headers));
  }
  if (scaleOut) asked.push(askRedis(scaleOut.redis));
  if (notices.mail) asked.push(askMail(notices.mail));
  return (await Promise.all(asked)).flat();
}

/** The address holds the token: nothing of it is ever said. */
async function ask(service: string, url: string, headers: Record<string, string> = {}): Promise<Asked> {
  const begun = Date.now();
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE), redirect: 'error' });
    const heard = (begun + Date.now()) / 2;
    await answer.body?.cancel();
    const said = Date.parse(answer.headers.get('date') ?? '');
    const found = answer.ok
      ? finding('well', 'service_answers', { service })
      : finding('bad', 'service_refuses', { service, code: answer.status });
    return { finding: found, ...(!Number.isNaN(said) && { time: { from: service, said, heard } }) };
  } catch (error) {
    return { finding: finding('look', 'service_silent', { service, code: nameOf(error) }) };
  }
}

/** Whether it answers, and what of its settings would make it lose bells. */
async function askRedis(url: string): Promise<Asked[]> {
  const service = 'Redis';
  const line = new Line(url, () => undefined);
  try {
    await line.ready(PATIENCE);
    const settings = (await lookAtRedis(line)).map((what) => finding('look', 'redis_settings', { what }));
    return [finding('well', 'service_answers', { service }), ...settings].map((one) => ({ finding: one }));
  } catch (error) {
    return [{ finding: finding('bad', 'service_silent', { service, code: nameOf(error) }) }];
  } finally {
    line.close();
  }
}

async function askMail(settings: NonNullable<Config['notices']['mail']>): Promise<Asked> {
  const mail = createMail(settings, (key) => key);
  const code = await mail.check?.();
  mail.close?.();
  const service = 'SMTP';
  return {
    finding: code
      ? finding('bad', 'service_refuses', { service, code })
      : finding('well', 'service_answers', { service }),
  };
}

function nameOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error instanceof Error ? error.name : 'unknown';
}
