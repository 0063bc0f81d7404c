// The page of a job that is under way shows itself anew every three seconds, as long as somebody looks at it.
setInterval(() => {
  if (!document.hidden) {
    location.reload();
  }
}, 3000);
