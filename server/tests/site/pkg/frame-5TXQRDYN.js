window.quorum = {};
