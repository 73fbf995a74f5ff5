"""Pages and live part behind one door, as `bassin serve` runs them."""

from functools import partial

from bassin.config import warm
from bassin.config.bridge import WSGIBridge
from bassin.config.door import switch
from bassin.config.wsgi import application as pages

application = switch(WSGIBridge(pages), partial(warm.start, pages))
