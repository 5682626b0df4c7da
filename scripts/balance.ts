// npm-less helper of scripts/stack.sh: node dist/scripts/balance.js PORT PORT_OF_A_PROCESS…
import { startBalancer } from './stack/balancer.js';

const [port, ...ports] = process.argv.slice(2).map(Number);
if (port === undefined || ports.length === 0 || [port, ...ports].some((one) => !Number.isInteger(one))) {
  process.stderr.write('node dist/scripts/balance.js PORT PORT_OF_A_PROCESS...\n');
  process.exit(2);
}
const balancer = await startBalancer(port, ports);
process.stdout.write(`http://127.0.0.1:${balancer.port} in front of ${ports.join(', ')}\n`);
process.once('SIGTERM', () => void balancer.close().then(() => process.exit(0)));
