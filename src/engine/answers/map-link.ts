/** Reads the place out of a map's link: Google, Apple, Waze, OpenStreetMap, and `geo:` (RFC 5870). */
import type { Json } from '../types.js';

const LINK = /(?:https?:\/\/|geo:|(?<![\w.])(?:www\.|maps\.|goo\.gl))[^\s<>"'،]{3,2000}/i;
/** Hosts, and where a host has more than maps the beginning of the path. */
const MAPS = [
  /^(?:www\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})\/maps(?:[/?]|$)/,
  /^maps\.google\.(?:com|[a-z]{2}|com?\.[a-z]{2})\//,
  /^(?:maps\.app\.goo\.gl|goo\.gl\/maps|maps\.apple\.com|maps\.apple|(?:www\.|ul\.)?waze\.com|(?:www\.)?openstreetmap\.org|osm\.org)\//,
];
const NUMBER = '(-?[0-9]{1,3}\\.[0-9]{1,15})';
/** Where links keep a place, the exact pin before the middle of the shown map. */
const PLACES = [
  new RegExp(`!3d${NUMBER}!4d${NUMBER}`),
  new RegExp(`[?&](?:q|query|ll|sll|daddr|destination|center|coordinate)=(?:loc:)?${NUMBER}(?:,|%2C)(?:\\+|%20)?${NUMBER}`, 'i'),
  new RegExp(`[?&]mlat=${NUMBER}&mlon=${NUMBER}`),
  new RegExp(`/(?:place|search|dir)/{1,2}${NUMBER}(?:,|%2C)(?:\\+|%20)?${NUMBER}`, 'i'),
  new RegExp(`@${NUMBER},${NUMBER}`),
  new RegExp(`#map=[0-9.]{1,6}/${NUMBER}/${NUMBER}`),
  new RegExp(`^geo:${NUMBER},${NUMBER}`, 'i'),
]; // prettier-ignore

export type MapLink = { lat: number; lon: number } | { value: Json } | { wrong: 'link' };

/** The place of the first link; the link itself when it is a map's without coordinates; undefined when there is no link. */
export function mapLinkIn(text: string): MapLink | undefined {
  const typed = LINK.exec(text)?.[0].replace(/[.)،؛]$/, '');
  if (typed === undefined) return undefined;
  const geo = /^geo:/i.test(typed);
  if (!geo && !isMap(typed)) return { wrong: 'link' };
  for (const place of PLACES) {
    const [, lat, lon] = place.exec(typed) ?? [];
    if (lat !== undefined && lon !== undefined) return { lat: Number(lat), lon: Number(lon) };
  }
  return geo ? { wrong: 'link' } : { value: { link: withScheme(typed) } };
}

function isMap(link: string): boolean {
  try {
    const { hostname, pathname } = new URL(withScheme(link));
    return MAPS.some((map) => map.test(hostname + pathname));
  } catch {
    return false;
  }
}

/** Staff open it: never another scheme than https. */
function withScheme(link: string): string {
  return `https://${link.replace(/^https?:\/\//i, '')}`;
}
