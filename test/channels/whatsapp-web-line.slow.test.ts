// The process behind the line to WhatsApp Web (channels/whatsapp-web/line.ts): asked, silent, talking nonsense, dead, deaf.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLine, type Line } from '../../channels/whatsapp-web/line.js';
import type { LineEvent } from '../../channels/whatsapp-web/wire.js';
import { until } from './telegram-talk.js';

/** A process that runs these words; `told` is what the line tells. */
function lineTo(words: string): { line: Line; told: LineEvent[] } {
  const folder = mkdtempSync(join(tmpdir(), 'sila-line-'));
  const program = join(folder, 'program.mjs');
  writeFileSync(program, words);
  const told: LineEvent[] = [];
  const opening = { chromium: '', folder, page: null, unboxed: false };
  const line = openLine(opening, (event) => void told.push(event), program);
  onTestFinished(async () => {
    await line.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { line, told };
}

const typing = { do: 'typing', user: 'x', on: true } as const;
const answering = `process.on('message', ({ ask }) => ask && process.send({ answer: ask, ok: true, value: ask }));`;

it('answers each question, in whatever order the answers come', async () => {
  const { line } = lineTo(
    `const asks = []; process.on('message', ({ ask }) => { if (!ask) return; asks.push(ask);
     if (asks.length === 2) for (const one of asks.reverse()) process.send({ answer: one, ok: one !== 1, value: one }); });`,
  );
  expect(await Promise.all([line.ask(typing), line.ask(typing)])).toEqual([
    { ok: false, sent: 'maybe' },
    { ok: true, value: 2 },
  ]);
});

it('believes nothing that is no word of ours', async () => {
  const { line, told } = lineTo(
    `process.on('message', ({ open, ask }) => { if (open) for (const one of [null, 7, { event: 'ready' }, { event: 'x' },
     { answer: 1 }, { event: 'lost', why: 'EATEN' }]) process.send(one); if (ask) process.send({ answer: ask, ok: true, value: 1 }); });`,
  );
  await until(() => told.length > 0);
  expect(told).toEqual([{ event: 'lost', why: 'BROKEN' }]);
  expect(await line.ask(typing)).toEqual({ ok: false, sent: 'no' });
});

it('tells once that a process died, and that what it was asked may have happened', async () => {
  const { line, told } = lineTo(`process.on('message', ({ ask }) => ask && process.exit(3));`);
  expect(await line.ask(typing)).toEqual({ ok: false, sent: 'maybe' });
  await until(() => told.length > 0);
  expect(told).toEqual([{ event: 'lost', why: 'BROKEN' }]);
  expect(await line.ask(typing)).toEqual({ ok: false, sent: 'no' });
});

it('lets what is under way be finished before it closes, and tells of no end that was wanted', async () => {
  const { line, told } = lineTo(
    `process.on('message', ({ ask }) => ask && setTimeout(() => process.send({ answer: ask, ok: true, value: 'id' }), 300));
     process.on('disconnect', () => process.exit(0));`,
  );
  const asked = line.ask(typing);
  const closing = line.close();
  expect(await line.ask(typing)).toEqual({ ok: false, sent: 'no' });
  expect(await asked).toEqual({ ok: true, value: 'id' });
  await closing;
  expect(told).toEqual([]);
});

it('ends a process that does not hear', async () => {
  const { line } = lineTo(
    `${answering} process.on('disconnect', () => undefined); setInterval(() => undefined, 1_000);`,
  );
  expect(await line.ask(typing)).toMatchObject({ ok: true });
  await line.close();
  expect(await line.ask(typing)).toEqual({ ok: false, sent: 'no' });
});

it('hands none of our settings to the process', async () => {
  const { line } = lineTo(
    `process.on('message', ({ ask }) => ask && process.send({ answer: ask, ok: true, value: Object.keys(process.env).sort() }));`,
  );
  const asked = await line.ask(typing);
  expect(asked.ok && (asked.value as string[]).filter((name) => !name.startsWith('NODE_CHANNEL'))).toEqual([
    ...['HOME', 'LANG', 'PATH'],
  ]);
});
