// What a PDF may carry: papers as scanners, offices and hospitals make them are taken, commands and files in them are found wherever they hide.
import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_PAGES, pdfFault } from '../../src/files/pdf/fault.js';

type Part = string | Buffer;
const bytesOf = (parts: readonly Part[]) => Buffer.concat(parts.map((one) => Buffer.from(one as string, 'latin1')));
const object = (number: number, ...body: Part[]) => bytesOf([`${number} 0 obj\n`, ...body, '\nendobj\n']);
const stream = (number: number, dictionary: string, data: Buffer) =>
  object(number, `<< ${dictionary} /Length ${data.length} >>\nstream\r\n`, data, '\nendstream');
const flate = (number: number, dictionary: string, data: Part) =>
  stream(number, `${dictionary} /Filter /FlateDecode`, deflateSync(bytesOf([data])));

/** Objects packed in a stream, as every program of the last twenty years may write them. */
function packed(number: number, objects: readonly [number, string][], more = ''): Buffer {
  let at = 0;
  const places = objects.map(([one, body]) => {
    const place = `${one} ${at}`;
    at += body.length + 1;
    return place;
  });
  const head = `${places.join(' ')} `;
  const body = head + objects.map(([, one]) => one).join(' ');
  return flate(number, `/Type /ObjStm /N ${objects.length} /First ${head.length} ${more}`, body);
}

const CATALOG = object(1, '<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] /AcroForm << /Fields [] >> >>');
const PAGES = object(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>');
const PAGE = object(
  3,
  '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Annots [<< /A << /S /URI /URI (https:\\/\\/x) >> >>] >>',
);
const pdf = (...parts: Part[]) =>
  bytesOf(['%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', ...parts, 'trailer << /Root 1 0 R >>\n%%EOF\n']);
const plain = (...parts: Part[]) => pdf(CATALOG, PAGES, PAGE, ...parts);

const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
const INVOICE =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!-- ZATCA -->\n<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">';
const attached = (...file: Part[]) =>
  plain(
    object(7, '<< /Type /Filespec /F (a.xml) /UF (a.xml) /AFRelationship /Data /EF << /F 8 0 R /UF 8 0 R >> >>'),
    ...file,
  );

describe('papers that are taken', () => {
  it.each<[string, Buffer]>([
    ['a plain one', plain()],
    ['a scan of noise', plain(stream(5, '/Subtype /Image /Filter /DCTDecode', randomBytes(20_000_000)))],
    ['a scan', plain(stream(5, '/Subtype /Image /Filter /DCTDecode', randomBytes(300_000)))],
    [
      'one with its objects packed',
      pdf(
        packed(9, [
          [1, '<< /Type /Catalog /Pages 2 0 R >>'],
          [2, '<< /Type /Pages /Count 1 /Kids [3 0 R] >>'],
        ]),
        PAGE,
      ),
    ],
    [
      'words about scripts',
      plain(object(5, '<< /Title (about /JavaScript and /Launch \\) << /JS >>) /Author <2F4A53> >>')),
    ],
    ['a remark about scripts', plain('5 0 obj\n<< /A 1 % /JavaScript /JS\n>>\nendobj\n')],
    ['what a page says, packed', plain(flate(4, '', 'BT (/JS /Launch /JavaScript) Tj ET'))],
    ['an electronic invoice', attached(flate(8, '/Type /EmbeddedFile /Subtype /text#2Fxml', INVOICE))],
    ['one that is not packed', attached(stream(8, '/Type /EmbeddedFile', Buffer.from(`\uFEFF<ubl:Invoice >`)))],
    ['a Factur-X one', attached(flate(8, '', '<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="x">'))],
    ['as many pages as may be', pdf(...pagesOf(MOST_PAGES))],
    ['pages that were saved again', pdf(...pagesOf(MOST_PAGES), ...pagesOf(MOST_PAGES))],
    ['an attachment that is not there', attached()],
  ])('%s', (_, bytes) => expect(pdfFault(bytes)).toBeNull());
});

function pagesOf(count: number): Buffer[] {
  return Array.from({ length: count }, (_, at) => object(at + 10, '<< /Type /Page /Parent 2 0 R >>'));
}

describe('papers that are refused', () => {
  it.each<[string, Buffer]>([
    ['a script at the opening', pdf(object(1, `<< /Type /Catalog /OpenAction ${SCRIPT} >>`), PAGES, PAGE)],
    ['a script of the document', plain(object(5, '<< /Names << /JavaScript << /Names [(a) 6 0 R] >> >> >>'))],
    ['a script by its key alone', plain(object(5, '<< /AA << /O << /S /Rendition /JS 6 0 R >> >> >>'))],
    ['a name written in numbers', plain(object(5, '<< /S /J#61va#53cript >>'))],
    ['a name cut by a remark before it', plain(object(5, '<< /S%\n/JavaScript>>'))],
    ['a program to be started', plain(object(5, '<< /S /Launch /F (cmd.exe) >>'))],
    [
      'packed',
      plain(
        packed(9, [
          [20, '<< /Type /Catalog >>'],
          [21, SCRIPT],
        ]),
      ),
    ],
    [
      'packed behind a string without an end',
      plain(
        packed(9, [
          [20, '(open'],
          [21, SCRIPT],
        ]),
      ),
    ],
    ['behind a string without an end', plain('(open', object(5, SCRIPT))],
    ['in an object without an end', plain(bytesOf([`5 0 obj ${SCRIPT}`]))],
    ['in an object whose word stands close', plain(bytesOf([`5 0obj${SCRIPT} endobj`]))],
    ['in an object with a remark in its head', plain(bytesOf([`5 0 % x\nobj\n${SCRIPT} endobj`]))],
    ['remarks without an end', attached(flate(8, '', '<?xml?>' + '<!-- -->'.repeat(1_900) + '<'))],
    ['within the data of a stream', plain(stream(5, '/Filter /FlateDecode', bytesOf(['xx ', object(6, SCRIPT)])))],
    ['packed, with its type hidden', plain(packed(9, [[21, SCRIPT]], '/Foo /Type'))],
    ['a file of any kind', attached(flate(8, '/Type /EmbeddedFile', 'MZ\x90\x00'))],
    ['a page of the web', attached(flate(8, '/Subtype /text#2Fxml', '<?xml version="1.0"?><html><Invoice>'))],
    [
      'a file beside an invoice',
      attached(flate(8, '', INVOICE), object(10, '<< /EF << /F 11 0 R >> >>'), flate(11, '', 'MZ')),
    ],
    ['a file over an invoice', attached(flate(8, '', INVOICE), flate(8, '', 'MZ'))],
    [
      'a file that is named elsewhere',
      plain(object(7, '<< /EF 12 0 R >>'), object(12, '<< /F 8 0 R >>'), flate(8, '', 'MZ')),
    ],
  ])('%s', (_, bytes) => expect(pdfFault(bytes)).toBe('active'));

  it.each<[string, Buffer]>([
    ['one page too many', pdf(...pagesOf(MOST_PAGES + 1))],
    [
      'pages that it only promises',
      pdf(CATALOG, object(2, '<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>'), PAGE),
    ],
  ])('%s', (_, bytes) => expect(pdfFault(bytes)).toBe('pages'));

  it.each<[string, Buffer]>([
    ['objects packed twice', plain(flate(9, '/Type /ObjStm /First 0 /Filter [/FlateDecode /FlateDecode]', 'x'))],
    [
      'objects packed in letters',
      plain(stream(9, '/Type /ObjStm /First 0 /Filter /ASCIIHexDecode', Buffer.from('20>'))),
    ],
    ['objects packed as differences', plain(packed(9, [[21, '<< >>']], '/DecodeParms << /Predictor 12 >>'))],
    [
      'objects packed as is said elsewhere',
      plain(stream(9, '/Type /ObjStm /First 0 /Filter 10 0 R', Buffer.from('x'))),
    ],
    ['a bomb', plain(flate(9, '/Type /ObjStm /N 1 /First 4', Buffer.alloc(60_000_000, ' ')))],
    [
      'many small bombs',
      plain(
        ...Array.from({ length: 9 }, (_, at) => flate(at + 9, '/Type /ObjStm /First 4', Buffer.alloc(5_000_000, ' '))),
      ),
    ],
    ['dictionaries in dictionaries', plain(object(5, '<< /A '.repeat(101), '>>'.repeat(101)))],
    ['objects that never end', plain('1 0 obj('.repeat(30_000))],
    ['places that only look like objects', plain(' obj'.repeat(3_000_000))],
    ['objects without number', plain('1 0 obj '.repeat(3_000_000))],
  ])('%s', (_, bytes) => expect(pdfFault(bytes)).toBe('unreadable'));
});

it('has an answer for whatever was cut, changed or put together', () => {
  const whole = attached(packed(9, [[21, '<< /Type /Page >>']]), flate(8, '', INVOICE));
  const part = fc.tuple(fc.nat(whole.length), fc.nat(60)).map(([at, length]) => whole.subarray(at, at + length));
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          part,
          fc.uint8Array({ maxLength: 20 }).map((one) => Buffer.from(one)),
        ),
        { maxLength: 30 },
      ),
      (parts) => {
        expect([null, 'active', 'pages', 'unreadable']).toContain(pdfFault(Buffer.concat(parts)));
      },
    ),
  );
});
