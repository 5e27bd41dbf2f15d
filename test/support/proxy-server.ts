import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ProxyServer extends AsyncDisposable {
  readonly url: string;
  /** `METHOD target` of all that it was asked, as it was asked. */
  readonly asked: readonly string[];
}

/**
 * A company's proxy: passes on requests in absolute form, and bytes after CONNECT. Whatever host they are for,
 * they reach 127.0.0.1, so that the host may be one that nobody else knows.
 */
export async function startProxyServer(): Promise<ProxyServer> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const { port, pathname, search } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  proxy.on('connection', (socket) => sockets.add(socket));
  proxy.on('connect', ({ method, url = '' }, socket: Socket, head) => {
    asked.push(`${method} ${url}`);
    const onward = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    sockets.add(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
