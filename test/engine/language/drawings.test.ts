/** The drawings in docs/flows are those of the flows and transcripts of now, and can be read. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawingFolder, drawingMark, drawn, planDrawings, type Plan } from '../../../scripts/draw-flows.js';
import { layOut } from '../../../scripts/flows/layout.js';
import { coversOf } from '../../../scripts/flows/shown.js';
import { houses } from '../../support/houses.js';
import { pack } from '../../support/pack.js';

const root = resolve(import.meta.dirname, '../../..');
const plans = planDrawings(coversOf(root, [...houses.values()]), pack('qutoof').texts);
const again = 'npm run flows -- --draw draws them anew';

describe('the drawings', () => {
  it('are all there, and no others', () => {
    expect(filesBelow(drawingFolder), again).toEqual(plans.map(({ path }) => path).sort());
  });

  it('are those of now', () => {
    expect(
      plans.filter((plan) => !isFresh(plan)).map(({ path }) => path),
      again,
    ).toEqual([]);
  });

  it('come out the same each time', async () => {
    const menu = plans.find(({ path }) => path.endsWith('menu.ar.svg'));
    if (!menu || !('picture' in menu)) throw new Error('the menu is not drawn');
    expect(await drawn(root, menu.picture)).toBe(readFileSync(join(root, menu.path), 'utf8'));
  });

  it('lead every arrow from a box to a box', () => {
    for (const plan of plans) {
      if (!('picture' in plan)) continue;
      const boxes = new Set(plan.picture.boxes.map(({ id }) => id));
      expect(boxes.size, plan.path).toBe(plan.picture.boxes.length);
      expect(
        plan.picture.arrows.filter(({ from, to }) => !boxes.has(from) || !boxes.has(to)),
        plan.path,
      ).toEqual([]);
    }
  });

  it('let no two boxes overlap, and begin at the right in Arabic', async () => {
    const plan = plans.find(({ path }) => path.endsWith('case-status.ar.svg'));
    if (!plan || !('picture' in plan)) throw new Error('case-status is not drawn');
    const { boxes, width } = await layOut(plan.picture);
    for (const a of boxes) {
      for (const b of boxes) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(a.id === b.id || apart, `${a.id} and ${b.id}`).toBe(true);
      }
    }
    expect((boxes[0]?.x ?? 0) > width / 2).toBe(true);
  });
});

function isFresh(plan: Plan): boolean {
  try {
    const text = readFileSync(join(root, plan.path), 'utf8');
    return 'text' in plan
      ? text === plan.text
      : text.includes(`<!-- ${drawingMark(root, plan.picture, plan.shade)} -->`);
  } catch {
    return false;
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder))
    .flatMap((name) => {
      const path = `${folder}/${name}`;
      return statSync(join(root, path)).isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}
