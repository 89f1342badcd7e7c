const { pathToFileURL } = require("node:url");

/** In a file of its own: a Node that cannot read `import()` must not meet it. */
module.exports = (main) => import(pathToFileURL(main).href);
