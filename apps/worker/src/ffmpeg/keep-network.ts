import { createServer, type AddressInfo } from 'node:net';

/**
 * A program of its own, started in a network with nothing in it: for each `{ id }` it gets it opens a port on loopback and hands it
 * over to who asked, with `{ id, port }`. `{ id, left: true }` says that it has let go of it: until then a connection may reach this
 * process, where nobody answers.
 */
process.on('message', (message: { id: number }) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({ id: message.id, port }, server, { keepOpen: false }, () => {
      server.close(() => process.send?.({ id: message.id, left: true }));
    });
  });
});
process.once('disconnect', () => process.exit());
process.send?.({ ready: true });
