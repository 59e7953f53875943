// Preloaded into Azurite (node --require). Azurite finds the operation of a request by matching its path against the template of every operation, and
// compiles each template anew for each request. A compiled template keeps nothing of what it matched, so one of each is enough.
'use strict';

const path = require.resolve('uri-templates');
const compile = require(path);
const compiled = new Map();

require.cache[path].exports = function (template) {
  let found = compiled.get(template);
  if (found === undefined) {
    found = compile(template);
    compiled.set(template, found);
  }

  return found;
};
