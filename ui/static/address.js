// What an address of this app says after its "#". A browser never sends that part: a question in
// it reaches no log, no proxy and no other site.
window.pincite.address = {
  to: (path, name, value) => `${path}#${name}=${encodeURIComponent(value)}`,

  get: (name) => new URLSearchParams(location.hash.slice(1)).get(name) ?? "",

  // The value once: it is then cleared from the address bar and from this entry of the history.
  take(name) {
    const value = window.pincite.address.get(name);
    if (value) history.replaceState(history.state, "", location.pathname + location.search);
    return value;
  },
};
