// Spreads connections over servers in turn, and passes over one that does not answer: `node make/proxy.mjs PORT SERVER…`. For trying a cluster on one
// machine; in front of a real one stands a real load balancer.
import net from 'node:net'

const [port, ...servers] = process.argv.slice(2).map(Number)
let turn = 0

net.createServer({ pauseOnConnect: true }, (client) => connect(client, servers.length)).listen(port, '127.0.0.1')

/** Joins a client with the next server; `left` may still be tried. */
function connect (client, left) {
  const server = net.connect(servers[turn++ % servers.length], '127.0.0.1')
  server.once('connect', () => {
    server.removeAllListeners('error')
    for (const [from, to] of [[client, server], [server, client]]) {
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
      from.pipe(to)
    }
  })
  server.once('error', () => left > 1 ? connect(client, left - 1) : client.destroy())
}
