// Files on the Bot Framework channel (channels/botframework/files, translate-out): where they may be fetched, and what may go out.
import { describe, expect, it } from 'vitest';
import type { Outgoing, RemoteFile } from '../../channels/channel.js';
import { outgoing, PERSON, stand, type Stand } from './botframework-stand.js';

describe('what people attach', () => {
  const fetched = ({ channel }: Stand, facts: RemoteFile['facts']) => channel.fetchFile!('a', { name: 'x', facts });
  const facts = ({ service }: Stand, url: string, channel = 'msteams') => ({ url, service, channel });

  it('is fetched of the service with our token', async () => {
    const here = await stand();
    here.fake.files.set('1', { bytes: Buffer.from('jpeg'), mime: 'image/jpeg' });
    const url = `${here.service}v3/attachments/1/views/original`;
    expect(await fetched(here, facts(here, url))).toEqual({ result: 'bytes', bytes: Buffer.from('jpeg') });
    expect(await fetched(here, facts(here, `${here.service}v3/attachments/gone/views/original`))).toMatchObject({
      refused: 'file_unreadable',
    });
  });

  it('is fetched later while our token cannot be had', async () => {
    const here = await stand();
    here.fake.openId.failing = 500;
    expect(await fetched(here, facts(here, `${here.service}v3/attachments/1/views/original`))).toEqual({
      result: 'later',
    });
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data', 'msteams'],
    ['http://127.0.0.1:6379/', 'msteams'],
    ['https://charity.sharepoint.com.example.org/x', 'msteams'],
    ['http://charity.sharepoint.com/x', 'msteams'],
    ['https://charity.sharepoint.com:8443/x', 'msteams'],
    ['https://user@charity.sharepoint.com/x', 'msteams'],
    // Files of Teams on a channel that has nothing to do with it.
    ['https://charity.sharepoint.com/x', 'webchat'],
    ['https://files.slack.com/x', 'slack'],
    ['https://scontent.xx.fbcdn.net/x', 'nobody-knows'],
    ['file:///etc/passwd', 'msteams'],
    ['', 'msteams'],
  ])('is never asked of %s (%s)', async (url, channel) => {
    const here = await stand();
    expect(await fetched(here, facts(here, url, channel))).toEqual({ result: 'refused', refused: 'file_unreadable' });
    expect(here.fake.openId.issued).toEqual([]);
  });
});

describe('a file of ours', () => {
  const withFile = async (here: Stand, bytes: Buffer, name: string, channel: string): Promise<Outgoing> => {
    const message = outgoing(here, { text: '' }, channel);
    const file = await here.host.keepFile(message.account, PERSON, name, bytes);
    return { ...message, file: file as NonNullable<Outgoing['file']> };
  };
  const pdf = (bytes: number) => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(bytes)]);

  it.each([
    ['a document on Teams', pdf(10), 'msteams'],
    ['a large document on Web Chat', pdf(200 * 1024), 'webchat'],
    ['any file by text message', pdf(10), 'sms'],
  ])('that the channel does not take is told to staff: %s', async (_name, bytes, channel) => {
    const here = await stand();
    const message = await withFile(here, bytes, 'خطاب.pdf', channel);
    expect(await here.channel.send(message)).toMatchObject({ error: { code: 'media', tellStaff: true } });
    expect(here.fake.requests).toBe(0);
  });

  it('goes inside of the message, under its Arabic name', async () => {
    const here = await stand();
    expect((await here.channel.send(await withFile(here, pdf(100 * 1024), 'خطاب.pdf', 'directline'))).result).toBe(
      'sent',
    );
    expect(here.fake.sent[0]?.body['attachments']).toMatchObject([
      { contentType: 'application/pdf', name: 'خطاب.pdf' },
    ]);
  });
});
