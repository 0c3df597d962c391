"""First names that are common in London. With a surname behind it and a postcode near it, one makes an address book."""

_NAMES = """
aaron abdul abdullah abigail adam adnan agnieszka ahmad ahmed aisha alan alex alexander alfie ali alice amanda
amelia amina amir amy ana andre andrea andrew angela anita ann anna anne anthony antonio anwar arjun arthur asad
asha ashley asif ayesha barbara ben benjamin beth bilal brian bridget carol caroline catherine charles charlie
chloe chris christine christopher claire clare connor craig daniel danielle darren dave david deborah deepak
denise derek diana diane dominic donna dorothy duncan edward elaine eleanor elizabeth ella ellie emily emma eric
esther ethan eva evie faisal farah farhan fatima fatma fiona francis freddie gareth gary gemma george georgia
gordon graham grzegorz habib hamza hannah harold harriet harry hasan hassan heather helen henry hussain hussein
ian ibrahim imran iqbal irene isaac isabella ismail jack jacob jake jakub jamal james jamie jan jane janet
jasmine jason jaspreet javed jean jennifer jeremy jessica jill joan joanna joanne joe joel john jon jonathan
jordan jose joseph joshua joyce juan judith julia julian julie justin karen karim kate katherine kathleen katie
kayleigh keith kelly kenneth kevin khadija khalid kieran kim kiran kyle lakshmi laura lauren leah lee leon
leonard lewis liam linda lisa louis louise lucy luke lynn mahmood mahmoud malcolm manjit maria marie marion
martin mary maryam matthew maureen megan mehmet melissa mia michael michelle mike miriam mohamed mohammad
mohammed mohamud muhammad mustafa nadia naomi nasreen natalie nathan neil nicholas nick nicola nigel nikita noah
noor nora oliver olivia omar oscar osman owen pamela patricia patrick paul paula pauline peter philip phoebe
piotr priya rachel rahul raj rajesh rashid raymond rebecca rehana rhys richard rita robert robin roger ronald
rosie ross roy russell ruth ryan saeed salma sam samantha samir samuel sandra sanjay sara sarah scott sean
shabana shahid sharon sheila shirley simon sofia sonia sophia sophie stacey stanley stephanie stephen steve
steven stuart sunil susan suzanne syed sylvia tahir tanya tariq thomas tim timothy tina toby tom tomasz tony
tracey trevor tyler umar usman valerie vanessa veronica victor vijay vikram vincent walter wayne wendy william
yasmin yusuf zahra zainab zara zoe
"""

GIVEN_NAMES = frozenset(_NAMES.split())
