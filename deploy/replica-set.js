// Run by mongosh, once and again without harm: makes one replica set of the three servers, and the account that Sila uses.
const { readFileSync } = require('fs');
const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim();
const root = `mongodb://root:${encodeURIComponent(secret('mongo_root_password'))}@`;

/** A server that starts for the first time answers, makes its account, and goes away once more before it stays. */
function adminOf(address) {
  for (let tries = 1; ; tries++) {
    try {
      return new Mongo(root + address).getDB('admin');
    } catch (error) {
      if (tries === 60) throw error;
      sleep(2000);
    }
  }
}

const first = adminOf('mongo1:27017/?directConnection=true');
try {
  first.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  const members = ['mongo1', 'mongo2', 'mongo3'].map((name, n) => ({ _id: n, host: `${name}:27017` }));
  first.adminCommand({ replSetInitiate: { _id: 'rs0', members } });
}

// Until there is a primary, nothing is written.
const admin = adminOf('mongo1,mongo2,mongo3/?replicaSet=rs0&serverSelectionTimeoutMS=30000');
const account = { pwd: secret('mongo_password'), roles: [{ role: 'readWrite', db: 'sila' }] };
if (admin.getUser('sila') === null) admin.createUser({ user: 'sila', ...account });
else admin.updateUser('sila', account);
print('The replica set stands.');
