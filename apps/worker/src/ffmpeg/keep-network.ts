import { createServer, type AddressInfo } from 'node:net';

/**
 * A program of its own, started in a network with nothing in it: for each `{ id }` it gets it opens a port on loopback and hands it
 * over to who asked, with `{ id, port }`.
 */
process.on('message', (message: { id: number }) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    // Handed over, it is no longer ours.
    process.send?.({ id: message.id, port }, server, { keepOpen: false }, () => server.close());
  });
});
process.once('disconnect', () => process.exit());
process.send?.({ ready: true });
