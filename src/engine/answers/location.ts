/**
 * A place: shared from the phone, a link of a map, or coordinates. The value is `{lat, lon, label?}` in degrees (WGS 84), or
 * `{link}` for a short link of a map, which only its owner can resolve.
 */
import { maskText } from '../text/mask.js';
import { legible } from '../text/normalise.js';
import type { AnswerInput, AnswerType, Json, Reading } from '../types.js';
import { degreesIn } from './degrees.js';
import { mapLinkIn } from './map-link.js';
import { asNumber, asText, isRecord } from './values.js';

/** A degree is about 111 km: with fewer than three decimals a pair names a district, not a house. */
const FEWEST_DECIMALS = 3;
/** Saudi Arabia and its sea, in whole degrees: a pair that lies there only the other way round was turned. */
const KINGDOM = { lat: [15, 33], lon: [34, 56] } as const;

export const location: AnswerType = {
  name: 'location',
  freeText: false,
  expects: 'text',
  read({ text, location: shared }) {
    if (shared !== undefined) return fromShared(shared);
    const seen = legible(text);
    const link = mapLinkIn(seen);
    if (link !== undefined) return 'lat' in link ? within(link.lat, link.lon) : link;
    return fromDegrees(seen);
  },
  show(value, _language, masked) {
    const words = isRecord(value) ? wordsOf(value) : '';
    return masked ? maskText(words) : words;
  },
};

function wordsOf(value: Readonly<Record<string, Json>>): string {
  const { lat, lon } = { lat: asNumber(value['lat']), lon: asNumber(value['lon']) };
  const place = lat === undefined || lon === undefined ? '' : `${lat}, ${lon}`;
  return [asText(value['label']), place, asText(value['link'])].filter(Boolean).join(' ');
}

function fromShared({ lat, lon, label }: NonNullable<AnswerInput['location']>): Reading {
  const reading = within(lat, lon);
  return 'wrong' in reading ? reading : { value: { lat, lon, ...(label !== undefined && { label }) } };
}

function fromDegrees(text: string): Reading {
  const found = degreesIn(text);
  if ('wrong' in found) return found;
  const { lat, lon, decimals } = found;
  if (decimals < FEWEST_DECIMALS) return { wrong: 'coarse' };
  return !inKingdom(lat, lon) && inKingdom(lon, lat) ? { wrong: 'turned' } : within(lat, lon);
}

function within(lat: number, lon: number): Reading {
  const exists = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0);
  return exists ? { value: { lat, lon } } : { wrong: 'range' };
}

function inKingdom(lat: number, lon: number): boolean {
  return lat >= KINGDOM.lat[0] && lat <= KINGDOM.lat[1] && lon >= KINGDOM.lon[0] && lon <= KINGDOM.lon[1];
}
