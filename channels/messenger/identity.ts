// Who we are there: the page of the token, and the Instagram account that belongs to it.
import { z } from 'zod';
import type { Graph } from '../common/graph.js';

export interface Identity {
  page: string;
  instagram: { id: string; username: string } | null;
}

const shape = z.object({
  id: z.string().regex(/^\d{1,32}$/),
  instagram_business_account: z
    .object({ id: z.string().regex(/^\d{1,32}$/), username: z.string().regex(/^[\w.]{1,64}$/) })
    .optional()
    .catch(undefined),
});

/** Asked of Meta until it was told once; null while it is not known. */
export class Identities {
  known: Identity | null = null;

  constructor(private readonly graph: Graph) {}

  async find(): Promise<Identity | null> {
    if (this.known) return this.known;
    const answer = await this.graph.get('me?fields=id,instagram_business_account{id,username}');
    const read = answer.ok && answer.status === 200 ? shape.safeParse(answer.body) : null;
    if (!read?.success) return null;
    const { id: page, instagram_business_account: instagram = null } = read.data;
    return (this.known = { page, instagram });
  }

  /** While nobody knows, the signature alone says that it is for us. */
  isOurs(account: string): boolean {
    return this.known === null || account === this.known.page || account === this.known.instagram?.id;
  }
}

/** Where a person writes to us in private; `code` is typed there for them. Null where Meta has no such link. */
export function linkTo({ page, instagram }: Identity, account: string, code?: string): string | null {
  const ref = code === undefined ? '' : `?ref=${code}`;
  if (account === page) return `https://m.me/${page}${ref}`;
  return instagram && account === instagram.id ? `https://ig.me/m/${instagram.username}${ref}` : null;
}
