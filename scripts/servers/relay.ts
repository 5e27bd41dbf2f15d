import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Relay extends AsyncDisposable {
  readonly url: string;
  /** Resolves when a client has closed its connection. */
  readonly clientLeft: Promise<void>;
}

/** Passes bytes on to a server, and so sees the client's socket close, which a foreign server tells nobody. */
export async function relayTo(target: string): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const left = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const onward = connect(Number(port), hostname);
    sockets.add(client).add(onward);
    client.once('close', () => {
      left.resolve();
      onward.destroy();
    });
    for (const socket of [client, onward]) socket.on('error', () => client.destroy());
    client.pipe(onward).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientLeft: left.promise,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
