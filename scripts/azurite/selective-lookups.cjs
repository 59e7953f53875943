// Preloaded into Azurite (node --require). Azurite keeps its index in LokiJS, whose AND uses an index for its first condition only, and Azurite's first
// condition is always the account: every look-up of a blob walks through all blobs there are. AND is commutative, so the condition that matches
// the fewest documents goes first. Look-ups then take the same time whether the emulator holds a hundred blobs or a hundred thousand.
'use strict';

const { Resultset } = require('lokijs');
const findAnd = Resultset.prototype.findAnd;

function matches(collection, condition) {
  const [property] = Object.keys(condition);
  const value = condition[property];
  const comparable = typeof value === 'string' || typeof value === 'number';
  if (!comparable || !collection.binaryIndices[property]) {
    return Infinity;
  }

  const [first, last] = collection.calculateRange('$eq', property, value);
  return Math.max(0, last - first + 1);
}

Resultset.prototype.findAnd = Resultset.prototype.$and = function (conditions) {
  if (this.filterInitialized || conditions.length < 2) {
    return findAnd.call(this, conditions);
  }

  const collection = this.collection;
  const counted = conditions.map(condition => ({ condition, count: matches(collection, condition) }));
  const best = counted.reduce((a, b) => (b.count < a.count ? b : a));
  return findAnd.call(this, [best.condition, ...conditions.filter(c => c !== best.condition)]);
};
