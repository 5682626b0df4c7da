// Run by mongosh, once and again without harm: makes one replica set of the three servers, and the account that Sila uses.
const { readFileSync } = require('fs');
const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim();
const root = `mongodb://root:${encodeURIComponent(secret('mongo_root_password'))}@`;

const first = new Mongo(`${root}mongo1:27017/?directConnection=true`).getDB('admin');
try {
  first.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  const members = ['mongo1', 'mongo2', 'mongo3'].map((name, n) => ({ _id: n, host: `${name}:27017` }));
  first.adminCommand({ replSetInitiate: { _id: 'rs0', members } });
}

// Waits for a primary; mongosh would say so if none came.
const admin = new Mongo(`${root}mongo1,mongo2,mongo3/?replicaSet=rs0&serverSelectionTimeoutMS=60000`).getDB('admin');
const account = { pwd: secret('mongo_password'), roles: [{ role: 'readWrite', db: 'sila' }] };
if (admin.getUser('sila') === null) admin.createUser({ user: 'sila', ...account });
else admin.updateUser('sila', account);
print('The replica set stands.');
