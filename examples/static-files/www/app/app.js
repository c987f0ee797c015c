document.body.append(`This is ${location.pathname}`);
