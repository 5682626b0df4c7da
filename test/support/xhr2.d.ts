// The part of xhr2 that tests use; the package carries no types.
declare module 'xhr2' {
  export default class XMLHttpRequest {
    send(body?: unknown): void;
    setRequestHeader(name: string, value: string): void;
  }
}
