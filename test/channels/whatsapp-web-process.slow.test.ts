// The real program with WhatsApp through a browser switched on (channels/whatsapp-web/), killed and started again.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { browsersOf, PAGE_VERSION, startPhone } from '../providers/whatsapp-web-phone.js';
import { hasChromium } from '../support/browser.js';
import { freePort, startSila, type SilaProcess } from '../support/sila-process.js';
import { PASSWORD } from '../support/staff-harness.js';
import { until } from './telegram-talk.js';

const USER = '966551234567@c.us';
/** Opening a browser takes its time beside other work. */
const LONG = 90_000;

describe.skipIf(!hasChromium)('the program with WHATSAPP_WEB=on', () => {
  it('prints a code, answers, leaves no browser behind when it is killed, and goes on with the same session', async () => {
    const phone = await startPhone();
    const dir = mkdtempSync(join(tmpdir(), 'sila-web-process-'));
    onTestFinished(async () => {
      await phone.stop();
      rmSync(dir, { recursive: true, force: true });
    });
    const page = join(phone.pages, `${PAGE_VERSION}.html`);
    const env = {
      WHATSAPP_WEB: 'on',
      CHROMIUM_PATH: phone.chromium,
      WHATSAPP_WEB_PAGE: page,
      STAFF_ADMIN_PASSWORD: PASSWORD,
    };
    const start = async (): Promise<SilaProcess> => startSila({ dir, port: await freePort(), env });
    const first = await start();
    await until(() => /[█▀▄]{10}/.test(first.output()), LONG);
    expect(first.output()).toContain('WhatsApp may ban the number');
    phone.command({ do: 'pair' });
    await until(() => first.output().includes('whatsapp_web.on'), LONG);
    phone.write(USER, 'السلام عليكم');
    await until(() => phone.sent.length > 0, LONG);
    const folder = join(dir, 'whatsapp-web/session/session');
    const [browser] = browsersOf(folder);
    // Its own room, and nothing of our settings.
    expect(statSync(join(dir, 'whatsapp-web')).mode & 0o777).toBe(0o700);
    expect(readFileSync(`/proc/${browser}/environ`, 'utf8')).not.toContain(PASSWORD);
    await first.kill();
    await until(() => browsersOf(folder).length === 0, LONG);
    const said = phone.sent.length;
    phone.write(USER, 'القائمة');
    const second = await start();
    await until(() => phone.sent.length > said, LONG);
    expect(second.output()).not.toMatch(/[█▀▄]{10}/);
    expect(await second.stop()).toBe(0);
    await until(() => browsersOf(folder).length === 0, LONG);
    for (const output of [first.output(), second.output()]) expect(output).not.toMatch(/966551234567|السلام/);
  });
});
