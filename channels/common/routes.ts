// What a channel serves: requests and sockets, as the server hands them over.
import type { Readable } from 'node:stream';

export interface ChannelRequest {
  method: string;
  path: string;
  params: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** Client address as far as TRUST_PROXY allows to know it. */
  ip: string;
  /** Raw bytes; empty for `stream` routes. */
  body: Buffer;
  stream?: Readable;
}
export interface ChannelResponse {
  status: number;
  headers?: Record<string, string>;
  /** Further `Set-Cookie` values beside one in `headers`. */
  cookies?: readonly string[];
  body?: string | Buffer | object;
  /** Instead of a body: sent as it comes (server-sent events). Destroyed by the server when the client goes away. */
  stream?: Readable;
}
export interface Route {
  method: 'GET' | 'POST' | 'OPTIONS' | 'DELETE';
  /** Express 5 path. */
  path: string;
  /** Most bytes of body; 413 above. */
  limit: number;
  /** Hand over the body as a stream (uploads). */
  stream?: boolean;
  handle(request: ChannelRequest): Promise<ChannelResponse>;
}
export interface Socket {
  send(text: string): void;
  close(code: number, reason?: string): void;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
}
export interface SocketRoute {
  path: string;
  /** Refuse before the handshake with a status, or take the socket. */
  open(request: ChannelRequest): Promise<{ status: number } | ((socket: Socket) => void)>;
}
